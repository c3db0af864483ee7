// Review: who looks at a change, what they are told, what their answer is worth, and what follows from everything.
export { plantDefect, type PlantedDefect } from "./plant-defect.ts";
export { parseReview, type ParseReviewInput, type ReviewRead } from "./parse-review.ts";
export { renameForReview } from "./rename-for-review.ts";
export { reviewPrompt, type PromptInput, type ShownFile } from "./review-prompt.ts";
export { routeReview, type RosterEntry, type RouteInput } from "./route-review.ts";
export { summarizeReviews } from "./summarize-reviews.ts";
export { stopReasons, triage, triageMatrix, type TriageInput } from "./triage.ts";
