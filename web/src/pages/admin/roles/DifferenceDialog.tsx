import { Alert, Button, Group, Modal, Stack, Text, Title } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconAlertTriangle, IconArrowDownRight, IconArrowUpRight, IconMinus } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Problem, request } from "@/api/client";
import type { Role, RoleInput } from "@/api/types";
import { fieldOf, findEntity, mayManage, useEntities, useMe } from "@/lib/entities";
import { compare } from "@/lib/format";
import { done } from "@/lib/undo";
import { Fact, Failed } from "@/ui/States";
import { type Difference, differences, inputOf, tidy } from "../parts/rights";
import { usersQuery } from "../queries";
import classes from "./DifferenceDialog.module.css";
import { useDifferenceWords } from "./useDifferenceWords";

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
  const entities = useEntities();
  const found = differences(inputOf(old), next, (name, field) => {
    const entity = findEntity(entities, name);
    return entity && fieldOf(entity, field)?.flags;
  });
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
      {save.error && !conflict && <Failed error={save.error} />}
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

function DifferenceList({ found }: { found: Difference[] }) {
  const words = useDifferenceWords();
  const told = found.map((one) => ({ ...words(one), sense: one.sense }));
  const groups = [...new Set(told.map((one) => one.group))];
  return (
    <div className={classes.groups}>
      {groups.map((group) => (
        <section key={group}>
          <Title order={3}>{group}</Title>
          <ul className={classes.list}>
            {told
              .filter((one) => one.group === group)
              .map((one) => (
                <li key={one.what}>
                  <span>{one.what}</span>
                  <span>
                    <s>{one.from || "–"}</s> → <b>{one.to || "–"}</b>
                  </span>
                  <Sense sense={one.sense} />
                </li>
              ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function Sense({ sense }: { sense: Difference["sense"] }) {
  const { t } = useTranslation("admin");
  const [Icon, kind] =
    sense === "wider"
      ? ([IconArrowUpRight, "warn"] as const)
      : sense === "narrower"
        ? ([IconArrowDownRight, "ok"] as const)
        : ([IconMinus, "muted"] as const);
  return (
    <Fact kind={kind}>
      <Icon size={14} aria-hidden />
      {t(`admin:sense.${sense}`)}
    </Fact>
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
