// Compose as a program of its own.
import type { Profile } from "../../profile.ts";
import { judgeCompose } from "./_compose.ts";

export const profile: Profile = {
  names: ["docker-compose", "podman-compose"],
  summary: "runs the containers of a project",
  judge: judgeCompose,
  matches: [
    { line: "docker-compose down -v", decision: "ask", effect: "infra.destroy" },
    { line: "docker-compose exec db psql -U app -c 'DROP TABLE users'", decision: "ask", effect: "infra.database" },
    { line: "docker-compose run --rm -v /:/host app ls", decision: "deny", effect: "privilege.container" },
    { line: "docker-compose push", decision: "ask", effect: "infra.publish" },
    {
      line: "cat > docker-compose.yml <<'EOF'\nservices:\n  a:\n    image: alpine\n    privileged: true\nEOF\ndocker-compose up",
      decision: "deny",
      effect: "privilege.container",
    },
  ],
  spares: [
    "docker-compose up -d --build",
    "docker-compose logs -f api",
    "docker-compose ps",
    "docker-compose down --remove-orphans",
  ],
};
