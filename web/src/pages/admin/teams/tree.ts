import type { Team } from "@/api/types";
import { compare } from "@/lib/format";

export interface Node {
  team: Team;
  children: Node[];
}

/** Teams as a tree, in the order of their names. */
export function treeOf(teams: Team[]): Node[] {
  const ids = new Set(teams.map((t) => t.id));
  const below = (parent: string | null): Node[] =>
    teams
      .filter((t) => (t.parent && ids.has(t.parent) ? t.parent : null) === parent)
      .sort((a, b) => compare(a.name, b.name))
      .map((team) => ({ team, children: below(team.id) }));
  return below(null);
}

/** The team and all below it: where it cannot be moved to. */
export function withBelow(teams: Team[], id: string): Set<string> {
  const found = new Set([id]);
  for (let grew = true; grew; ) {
    grew = false;
    for (const t of teams)
      if (t.parent && found.has(t.parent) && !found.has(t.id)) {
        found.add(t.id);
        grew = true;
      }
  }
  return found;
}

/** Teams in the order of the tree, each with its depth: for a select. */
export function flat(nodes: Node[], depth = 0): { team: Team; depth: number }[] {
  return nodes.flatMap(({ team, children }) => [{ team, depth }, ...flat(children, depth + 1)]);
}
