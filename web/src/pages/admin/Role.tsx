import { Badge, Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { IconCopy, IconTrash } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useBlocker, useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { request } from "@/api/client";
import { rolesQuery } from "@/api/queries";
import type { RoleInput, Role as RoleView } from "@/api/types";
import { inWords } from "@/i18n";
import { mayManage, useMe } from "@/lib/entities";
import { done } from "@/lib/undo";
import { confirmAct } from "@/ui/confirmAct";
import { NotFound } from "@/ui/RouteStates";
import { Ready } from "@/ui/States";
import classes from "./Admin.module.css";
import { AdminPage } from "./parts/AdminPage";
import { Panel } from "./parts/Panel";
import { differences, inputOf } from "./parts/rights";
import bar from "./Role.module.css";
import { DifferenceDialog } from "./roles/DifferenceDialog";
import { NewRole } from "./roles/NewRole";
import { type EditorProps, RightsEditor } from "./roles/RightsEditor";
import { Versions } from "./roles/Versions";

const ROLES: string = "/admin/roles";

export default function Role() {
  const { id } = useParams({ strict: false }) as { id: string };
  return <One key={id} id={id} />;
}

function One({ id }: { id: string }) {
  const { t } = useTranslation("admin");
  // Kept here, above what was read: that is read anew when the reader's own rights change.
  const [draft, setDraft] = useState<RoleInput | null>(null);
  const roles = useQuery(rolesQuery);
  const role = roles.data?.find((r) => r.id === id);
  if (roles.data && !role) return <NotFound />;
  return (
    <AdminPage
      title={role ? inWords(role.label) : t("role.one")}
      tab={t("role.one")}
      trail={[{ to: ROLES, label: t("card.roles.name") }]}
      actions={role && roles.data && <Acts role={role} roles={roles.data} />}
    >
      <Ready query={roles}>{() => role && <Editor {...{ role, draft, setDraft }} />}</Ready>
    </AdminPage>
  );
}

function Acts({ role, roles }: { role: RoleView; roles: RoleView[] }) {
  const { t } = useTranslation("admin");
  const client = useQueryClient();
  const go = useNavigate();
  const may = mayManage(useMe(), "roles", "manage");
  const [copying, setCopying] = useState(false);
  const again = () => client.invalidateQueries({ queryKey: ["roles"] });
  const remove = () =>
    confirmAct({
      title: t("role.deleteTitle", { name: inWords(role.label) }),
      consequence: t("role.deleteText"),
      button: t("common:delete"),
      run: async () => {
        await request("DELETE", `/roles/${role.id}`, { version: role.version });
        await go({ to: ROLES, ignoreBlocker: true });
        await again();
        done(t("role.deleted"), async () => {
          await request("POST", "/roles", { body: inputOf(role) });
          await again();
        });
      },
    });
  if (!may) return null;
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconCopy size={16} aria-hidden />}
        onClick={() => setCopying(true)}
      >
        {t("role.copy")}
      </Button>
      {!role.built_in && (
        <Button
          variant="light"
          color="red"
          leftSection={<IconTrash size={16} aria-hidden />}
          onClick={remove}
        >
          {t("common:delete")}
        </Button>
      )}
      <NewRole opened={copying} roles={roles} from={role} onClose={() => setCopying(false)} />
    </>
  );
}

interface DraftProps {
  role: RoleView;
  draft: RoleInput | null;
  setDraft: (draft: RoleInput | null) => void;
}

function Editor({ role, draft, setDraft }: DraftProps) {
  const { t } = useTranslation("admin");
  const may = mayManage(useMe(), "roles", "manage");
  const [asked, setAsked] = useState<RoleView | null>(null);
  const old = inputOf(role);
  const next = draft ?? old;
  const count = differences(old, next).length;
  const props: EditorProps = { old, role: next, readOnly: !may, onChange: setDraft };
  return (
    <Stack>
      <Names {...props} builtIn={role.built_in} />
      <RightsEditor {...props} />
      {count > 0 && (
        <section className={bar.bar} aria-label={t("difference.pending")}>
          <Text size="sm" role="status">
            {t("difference.count", { count })}
          </Text>
          <Group gap="sm">
            <Button variant="default" onClick={() => setDraft(null)}>
              {t("revert")}
            </Button>
            <Button onClick={() => setAsked(role)}>{t("difference.show")}</Button>
          </Group>
        </section>
      )}
      <DifferenceDialog
        old={asked}
        next={next}
        onClose={() => setAsked(null)}
        onAgain={() => setAsked(role)}
        onSaved={() => {
          setAsked(null);
          setDraft(null);
        }}
      />
      <Versions role={role} />
      <LeaveGuard dirty={count > 0} />
    </Stack>
  );
}

function Names({ role, readOnly, builtIn, onChange }: EditorProps & { builtIn: boolean }) {
  const { t } = useTranslation("admin");
  const setLabel = (lang: "pl" | "en", text: string) =>
    onChange({ ...role, label: { ...role.label, [lang]: text } });
  return (
    <Panel
      title={t("role.names")}
      about={builtIn ? t("role.builtInText") : undefined}
      actions={
        <Badge variant="light" color="gray" tt="none">
          {builtIn ? t("role.builtIn") : t("role.own")}
        </Badge>
      }
    >
      <div className={classes.form}>
        <TextInput
          label={t("role.labelPl")}
          value={role.label.pl}
          readOnly={readOnly}
          variant={readOnly ? "filled" : "default"}
          onChange={(e) => setLabel("pl", e.currentTarget.value)}
        />
        <TextInput
          label={t("role.labelEn")}
          value={role.label.en}
          readOnly={readOnly}
          variant={readOnly ? "filled" : "default"}
          onChange={(e) => setLabel("en", e.currentTarget.value)}
        />
        <TextInput
          label={t("role.code")}
          value={role.name}
          readOnly={readOnly || builtIn}
          variant={readOnly || builtIn ? "filled" : "default"}
          onChange={(e) => onChange({ ...role, name: e.currentTarget.value })}
        />
      </div>
    </Panel>
  );
}

/** Nothing that was changed is lost by going elsewhere without a word. */
function LeaveGuard({ dirty }: { dirty: boolean }) {
  const { t } = useTranslation("admin");
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: ({ current, next }) => dirty && current.pathname !== next.pathname,
    enableBeforeUnload: dirty,
    withResolver: true,
  });
  return (
    <Modal opened={status === "blocked"} onClose={() => reset?.()} title={t("leave.title")}>
      <Stack>
        <Text size="sm">{t("leave.text")}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={() => proceed?.()}>
            {t("leave.go")}
          </Button>
          <Button onClick={() => reset?.()}>{t("leave.stay")}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
