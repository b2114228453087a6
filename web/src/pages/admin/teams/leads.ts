import type { UserView } from "@/api/types";

/** Name of the role that makes somebody lead the team that they are in, and the teams below. */
export const LEAD = "team_lead";

/** Who of a team's people has the role, whether or not they may sign in. */
export const leadsIn = (users: UserView[], team: string, role: string | undefined): UserView[] =>
  role ? users.filter((user) => user.team === team && user.roles.includes(role)) : [];
