// `ces classify`: what the contract's classification rests on. The stored one, verified; nothing is computed anew.
import { CesError, type Json } from "@ces/kernel";
import { Classification, SealedManifest } from "@ces/records";
import { defineCommand, done } from "../define-command.ts";
import { attention, dim, line, plain, strong } from "../view/line.ts";
import { findDelivery } from "../wire/find-delivery.ts";
import { openProject } from "../wire/open-project.ts";

export const command = defineCommand({
  summary: "show how a contract is classified, and why",
  group: "Governance",
  args: [{ name: "manifest", summary: "contract or delivery id; the newest if left out" }],
  options: [],
  examples: [{ line: "ces classify", note: "shows the newest contract" }],
  exits: [0, 1, 2],
  async run(ctx) {
    const project = await openProject(ctx);
    try {
      const snapshot = findDelivery(project, ctx.args["manifest"]);
      const row = project.store.records("manifest", { delivery_id: snapshot.delivery_id }).at(-1);
      if (row === undefined)
        throw new CesError("DELIVERY_UNKNOWN", `\`${snapshot.delivery_id}\` has no contract yet`, {
          remedy: "ces continue",
        });
      const { manifest } = SealedManifest.parse(row.body);
      const stored = project.store.record("classification", `${snapshot.delivery_id}/${manifest.classification_hash}`);
      const classification = Classification.parse(stored?.body);
      const data: Json = JSON.parse(
        JSON.stringify({ manifest_id: manifest.manifest_id, version: manifest.version, ...classification }),
      );
      return done(data, `ces execute ${manifest.manifest_id}`);
    } finally {
      project.close();
    }
  },
  view: ({ data }) => {
    const one = Classification.strip().parse(data);
    return [
      line(strong`tier ${one.risk_tier}, ${one.behavior_confidence}, ${one.change_class}`),
      line(dim`basis       `, plain`${one.basis} (${one.action}, confidence ${one.confidence})`),
      ...one.top_matches.map((match) => line(dim`resembles   `, plain`${match.text} (${match.score})`)),
      ...one.hazards.map((hazard) =>
        line(dim`raised by   `, attention`${hazard.kind} ${hazard.detail}`, plain` → tier ${hazard.risk_tier}`),
      ),
    ];
  },
});
