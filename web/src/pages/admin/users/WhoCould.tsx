import { Button, Stack, Text } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { request } from "@/api/client";
import type { BulkResult, UserView } from "@/api/types";
import { mayManage, useMe } from "@/lib/entities";
import { useActivePeople } from "@/ui/colleagues";
import { Failed } from "@/ui/States";
import { userRecordsQuery } from "../queries";

/** Whether records stay because whoever looks does not see them. */
export const hides = (result: BulkResult): boolean =>
  (result.parts ?? []).some((part) => part.stays.some((stays) => stays.code === "not-seen"));

interface Props {
  user: Pick<UserView, "id" | "name">;
}

/** Who could hand over what oneself does not see, and asking them. */
export function WhoCould({ user }: Props) {
  const { t } = useTranslation("admin");
  const me = useMe();
  const may = mayManage(me, "users", "manage");
  const records = useQuery({ ...userRecordsQuery(user.id), enabled: may });
  const told = useActivePeople();
  const label = (id: string) => told.find(({ value }) => value === id)?.label;
  const people = (records.data?.who_could ?? []).filter((one) => one.id !== me.user.id);
  const ask = useMutation({
    mutationFn: () =>
      request("POST", `/users/${user.id}/hand-over/ask`, { body: { ask: people.map((one) => one.id) } }),
  });
  if (!records.data) return null;
  if (people.length === 0) return <Text size="sm">{t("handOver.nobody")}</Text>;
  return (
    <Stack gap="xs" align="flex-start">
      <Text size="sm">
        {t("handOver.could", { names: people.map((one) => label(one.id) ?? one.name).join(", ") })}
      </Text>
      {ask.isSuccess ? (
        <Text size="sm" role="status">
          {t("handOver.asked")}
        </Text>
      ) : (
        <Button variant="default" loading={ask.isPending} onClick={() => ask.mutate()}>
          {t("handOver.ask")}
        </Button>
      )}
      {ask.error && <Failed error={ask.error} />}
    </Stack>
  );
}
