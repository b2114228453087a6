import { Alert, Button, Group, Modal, Stack, Text, Title } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Problem, request } from "@/api/client";
import type { Role, RoleInput } from "@/api/types";
import { mayManage, useEntities, useMe } from "@/lib/entities";
import { compare } from "@/lib/format";
import { done } from "@/lib/undo";
import { Failed } from "@/ui/States";
import { differences, inputOf, tidy } from "../parts/rights";
import { usersQuery } from "../queries";
import { DifferenceList, useFieldFlags } from "./DifferenceList";

interface Props {
  /** The role as it was when the dialog was opened; its version is what the change is made to. */
  old: Role | null;
  next: RoleInput;
  onClose: () => void;
  onSaved: () => void;
  /** Another changed the role meanwhile: look again. */
  onAgain: () => void;
}

/** Old and new, right by right, and whom it is about. No role is saved but from here. */
export function DifferenceDialog({ old, ...rest }: Props) {
  const { t } = useTranslation("admin");
  const phone = useMediaQuery("(max-width: 48em)");
  return (
    <Modal
      opened={old !== null}
      onClose={rest.onClose}
      title={t("difference.title")}
      size="xl"
      fullScreen={phone}
    >
      {old && <Content key={old.version} old={old} {...rest} />}
    </Modal>
  );
}

function useSaveRole() {
  const client = useQueryClient();
  const entities = useEntities();
  return async (role: Role, next: RoleInput): Promise<Role> => {
    const body = tidy(next, entities);
    try {
      return await request<Role>("PUT", `/roles/${role.id}`, { body, version: role.version });
    } finally {
      await client.invalidateQueries({ queryKey: ["roles"] });
      void client.invalidateQueries({ queryKey: ["me"] });
    }
  };
}

function Content({ old, next, onClose, onSaved, onAgain }: Props & { old: Role }) {
  const { t } = useTranslation("admin");
  const put = useSaveRole();
  const found = differences(inputOf(old), next, useFieldFlags());
  const save = useMutation({
    mutationFn: () => put(old, next),
    onSuccess: (now) => {
      done(t("role.saved"), () => put(now, inputOf(old)));
      onSaved();
    },
  });
  const conflict = save.error instanceof Problem && save.error.status === 412;
  return (
    <Stack>
      {found.length === 0 && <Text size="sm">{t("difference.none")}</Text>}
      <DifferenceList found={found} />
      <Affected role={old} />
      {conflict && (
        <Alert color="orange" variant="light" icon={<IconAlertTriangle aria-hidden />} role="alert">
          {t("difference.conflict")}
        </Alert>
      )}
      {save.error && !conflict && <Failed error={save.error} names={{ things: t("role.things") }} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t("difference.back")}
        </Button>
        {conflict ? (
          <Button onClick={onAgain}>{t("difference.again")}</Button>
        ) : (
          <Button disabled={found.length === 0} loading={save.isPending} onClick={() => save.mutate()}>
            {t("difference.save")}
          </Button>
        )}
      </Group>
    </Stack>
  );
}

/** Who holds the role and so feels the change with the next request. */
function Affected({ role }: { role: Role }) {
  const { t } = useTranslation("admin");
  const { data: users } = useQuery({ ...usersQuery, enabled: mayManage(useMe(), "users") });
  if (!users) return null;
  const names = users
    .filter((u) => u.active && u.roles.includes(role.id))
    .map((u) => u.name)
    .sort(compare);
  return (
    <section>
      <Title order={3}>{t("difference.affected", { count: names.length })}</Title>
      <Text size="sm" c="dimmed">
        {names.length > 0 ? names.join(", ") : t("difference.nobody")}
      </Text>
    </section>
  );
}
