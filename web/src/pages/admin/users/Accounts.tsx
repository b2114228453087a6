import { Button, Group, Select, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { problemOf, request } from "@/api/client";
import type { Account, ProviderSettings, User } from "@/api/types";
import { mayManage, useMe } from "@/lib/entities";
import { dateOf } from "@/lib/format";
import { done } from "@/lib/undo";
import { confirmAct } from "@/ui/confirmAct";
import { Ready } from "@/ui/States";
import { DialogForm, FormDialog } from "../parts/FormDialog";
import { Panel } from "../parts/Panel";
import { ProviderLabel } from "../parts/ProviderLabel";
import { Rows } from "../parts/Rows";
import { signOnQuery, userAccountsQuery } from "../queries";

/** By which accounts at providers a user can sign in. */
export function Accounts({ user }: { user: User }) {
  const { t } = useTranslation("admin");
  const may = mayManage(useMe(), "users", "manage");
  const accounts = useQuery(userAccountsQuery(user.id));
  const providers = useQuery(signOnQuery).data?.providers ?? [];
  const [linking, setLinking] = useState(false);
  // Where there is no single sign-on, nothing is to be said of it.
  if (providers.length === 0 && (accounts.data?.length ?? 0) === 0) return null;
  return (
    <Panel
      title={t("accounts.title")}
      about={t("accounts.about")}
      actions={
        may &&
        providers.length > 0 && (
          <Button variant="default" onClick={() => setLinking(true)}>
            {t("accounts.link")}
          </Button>
        )
      }
    >
      <Ready query={accounts} rows={2}>
        {(all) =>
          all.length === 0 ? (
            <Text size="sm">{t("accounts.none")}</Text>
          ) : (
            <Table user={user} accounts={all} may={may} />
          )
        }
      </Ready>
      <FormDialog
        opened={linking}
        onClose={() => setLinking(false)}
        title={t("accounts.linkTitle", { name: user.name })}
      >
        <LinkForm user={user} providers={providers} onClose={() => setLinking(false)} />
      </FormDialog>
    </Panel>
  );
}

function Table({ user, accounts, may }: { user: User; accounts: Account[]; may: boolean }) {
  const { t } = useTranslation("admin");
  const client = useQueryClient();
  const unlink = (account: Account) =>
    confirmAct({
      title: t("accounts.unlinkTitle", { name: user.name }),
      consequence: account.last_way
        ? `${t("accounts.unlinkLast")} ${t("accounts.unlinkText")}`
        : t("accounts.unlinkText"),
      button: t("accounts.unlink"),
      run: async () => {
        await request("DELETE", `/users/${user.id}/accounts/${account.id}`);
        await client.invalidateQueries({ queryKey: ["users", user.id] });
        done(t("accounts.unlinked"));
      },
    });
  return (
    <Rows
      label={t("accounts.title")}
      rows={accounts}
      keyOf={(a) => a.id}
      columns={[
        {
          key: "provider",
          label: t("accounts.provider"),
          sort: (a) => a.provider,
          cell: (a) => <ProviderLabel name={a.provider} />,
        },
        { key: "subject", label: t("accounts.subject"), sort: (a) => a.subject, cell: (a) => a.subject },
        { key: "made", label: t("accounts.made"), sort: (a) => a.made_at, cell: (a) => dateOf(a.made_at) },
        {
          key: "acts",
          label: t("accounts.acts"),
          quiet: true,
          end: true,
          cell: (a) =>
            may && (
              <Group justify="flex-end">
                <Button size="compact-sm" variant="default" onClick={() => unlink(a)}>
                  {t("accounts.unlink")}
                </Button>
              </Group>
            ),
        },
      ]}
    />
  );
}

interface LinkProps {
  user: User;
  providers: ProviderSettings[];
  onClose: () => void;
}

function LinkForm({ user, providers, onClose }: LinkProps) {
  const { t } = useTranslation("admin");
  const client = useQueryClient();
  const [provider, setProvider] = useState(providers[0]?.name ?? "");
  const [subject, setSubject] = useState("");
  const link = useMutation({
    mutationFn: () =>
      request<Account>("POST", `/users/${user.id}/accounts`, { body: { provider, subject: subject.trim() } }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ["users", user.id, "accounts"] });
      onClose();
      done(t("accounts.linked"));
    },
  });
  const problem = problemOf(link.error);
  return (
    <DialogForm
      button={t("accounts.link")}
      disabled={subject.trim() === "" || provider === ""}
      sending={link}
      names={{ subject: t("accounts.subject") }}
      onCancel={onClose}
    >
      <Text size="sm">{t("accounts.linkText")}</Text>
      <Select
        label={t("accounts.provider")}
        allowDeselect={false}
        data={providers.map((p) => ({ value: p.name, label: p.label }))}
        value={provider}
        onChange={(name) => setProvider(name ?? "")}
      />
      <TextInput
        label={t("accounts.subject")}
        description={t("accounts.subjectHelp")}
        required
        data-autofocus
        maxLength={255}
        value={subject}
        error={problem?.issue("subject")}
        onChange={(e) => setSubject(e.currentTarget.value)}
      />
    </DialogForm>
  );
}
