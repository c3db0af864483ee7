// The acceptance criteria that `--yes` stands for: the request itself, and that nothing that is checked today breaks.

/** Criteria inferred from a request; none from a blank one. */
export function inferAcceptance(request: string): readonly string[] {
  const objective = request.replace(/\s+/g, " ").trim();
  if (objective === "") return [];
  return [
    `The request is fulfilled: ${objective.slice(0, 2000)}`,
    "Every sealed check still passes on the exact tree that is merged",
  ];
}
