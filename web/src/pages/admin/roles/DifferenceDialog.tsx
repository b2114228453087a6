import { Alert, Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Problem, request } from "@/api/client";
import type { Role, RoleInput } from "@/api/types";
import { useEntities } from "@/lib/entities";
import { done } from "@/lib/undo";
import { Failed } from "@/ui/States";
import { look, needsSecond } from "@/ui/secondPerson";
import { differences, inputOf, tidy } from "../parts/rights";
import { DifferenceList, useFieldFlags } from "./DifferenceList";
import { WhomItChanges } from "./WhomItChanges";

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
  const client = useQueryClient();
  const put = useSaveRole();
  const entities = useEntities();
  const found = differences(inputOf(old), next, useFieldFlags());
  const save = useMutation({
    mutationFn: () => put(old, next),
    onSuccess: (now) => {
      done(t("role.saved"), () => put(now, inputOf(old)));
      onSaved();
    },
    onError: (error) => {
      if (!needsSecond(error)) return;
      onClose();
      const act = { role: { id: old.id, version: old.version, role: tidy(next, entities) } };
      look(client, { act, button: t("common:save"), run: () => put(old, next) });
    },
  });
  const conflict = save.error instanceof Problem && save.error.status === 412;
  return (
    <Stack>
      {found.length === 0 && <Text size="sm">{t("difference.none")}</Text>}
      <DifferenceList found={found} />
      {found.length > 0 && (
        <WhomItChanges path={`/roles/${old.id}`} version={old.version} body={tidy(next, entities)} />
      )}
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
