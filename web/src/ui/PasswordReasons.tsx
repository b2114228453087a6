import { List, Text } from "@mantine/core";
import type { Problem } from "@/api/client";

/** What is said of a new password, whatever the field is called. */
export const reasons = (problem: Problem | null) =>
  problem?.issues.filter((i) => i.field === "password" || i.field === "new") ?? [];

/** Why a password is too weak: every reason, at the field. */
export function Reasons({ problem }: { problem: Problem }) {
  const all = reasons(problem);
  if (all.length === 1) return <Text inherit>{all[0]?.reason}</Text>;
  return (
    <List size="xs" c="var(--k-danger)">
      {all.map((one) => (
        <List.Item key={one.code}>{one.reason}</List.Item>
      ))}
    </List>
  );
}
