import { Alert, Button, Group, Text } from "@mantine/core";
import { IconDeviceMobile, IconKey, IconListNumbers, IconPlus } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { request } from "@/api/client";
import { meQuery } from "@/api/queries";
import type { Factor } from "@/api/types";
import { useMe } from "@/lib/entities";
import { dateOf, dateTime, relative } from "@/lib/format";
import { hasPasskeys } from "@/lib/passkeys";
import { done } from "@/lib/undo";
import { Panel } from "@/pages/admin/parts/Panel";
import { type Column, Rows } from "@/pages/admin/parts/Rows";
import { confirmAct } from "@/ui/confirmAct";
import { Empty, Ready } from "@/ui/States";
import { AddApplication } from "./AddApplication";
import { AddPasskey } from "./AddPasskey";
import { factorsQuery } from "./queries";
import { RecoveryCodes } from "./RecoveryCodes";
import { RenameFactor } from "./RenameFactor";

const FEW = 2;

type Open = "passkey" | "totp" | "recovery" | Factor | null;

/** After a change of the user's factors. */
export function useFactorsAgain(): () => void {
  const client = useQueryClient();
  return () => {
    void client.invalidateQueries({ queryKey: factorsQuery.queryKey });
    void client.invalidateQueries({ queryKey: meQuery.queryKey });
  };
}

/** Own second factors: which there are, and all that can be done with them. */
export function Security() {
  const { t } = useTranslation("account");
  const factors = useQuery(factorsQuery);
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  return (
    <Panel
      title={t("security.title")}
      about={t("security.about")}
      actions={
        <Group gap="sm">
          {hasPasskeys() && (
            <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setOpen("passkey")}>
              {t("security.addPasskey")}
            </Button>
          )}
          <Button
            variant={hasPasskeys() ? "default" : "filled"}
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() => setOpen("totp")}
          >
            {t("security.addTotp")}
          </Button>
        </Group>
      }
    >
      <Asked />
      <Ready query={factors}>{(all) => <All factors={all} onOpen={setOpen} />}</Ready>
      <AddPasskey opened={open === "passkey"} onClose={close} />
      <AddApplication opened={open === "totp"} onClose={close} />
      <RecoveryCodes opened={open === "recovery"} onClose={close} />
      <RenameFactor factor={typeof open === "object" ? open : null} onClose={close} />
    </Panel>
  );
}

/** What is asked of the user. */
function Asked() {
  const { t } = useTranslation("account");
  const { factors } = useMe();
  if (factors.need === "none") return null;
  return (
    <Text size="sm">
      {t("security.asked")}{" "}
      {factors.due ? t("security.due", { date: dateTime(factors.due) }) : t("security.met")}
    </Text>
  );
}

function All({ factors, onOpen }: { factors: Factor[]; onOpen: (open: Open) => void }) {
  const { t } = useTranslation("account");
  const columns = useColumns(onOpen);
  const codes = factors.find((f) => f.kind === "recovery");
  const real = factors.some((f) => f.kind !== "recovery");
  if (!real)
    return (
      <Empty icon={<IconKey size={32} stroke={1.5} aria-hidden />} title={t("security.none")}>
        {t("security.noneText")}
      </Empty>
    );
  return (
    <>
      {(codes?.left ?? 0) <= FEW && (
        <Alert color="orange" variant="light" title={t(codes ? "codes.few" : "codes.none")}>
          <Text size="sm">{t("codes.why")}</Text>
        </Alert>
      )}
      <Rows label={t("security.title")} columns={columns} rows={factors} keyOf={(f) => f.id} />
      <Group>
        <Button variant="default" onClick={() => onOpen("recovery")}>
          {codes ? t("codes.anew") : t("codes.make")}
        </Button>
      </Group>
    </>
  );
}

const ICONS = { passkey: IconKey, totp: IconDeviceMobile, recovery: IconListNumbers, password: IconKey };

function useColumns(onOpen: (open: Open) => void): Column<Factor>[] {
  const { t } = useTranslation("account");
  const remove = useRemove();
  const nameOf = useFactorName();
  return [
    {
      key: "kind",
      label: t("security.kind"),
      sort: (f) => t(`account:kind.${f.kind}`),
      cell: (f) => {
        const Icon = ICONS[f.kind];
        return (
          <Group gap={8} wrap="nowrap">
            <Icon size={16} aria-hidden />
            {t(`account:kind.${f.kind}`)}
          </Group>
        );
      },
    },
    {
      key: "name",
      label: t("security.name"),
      sort: (f) => f.name,
      cell: (f) => (f.left === undefined ? f.name : t("codes.left", { count: f.left })),
    },
    { key: "made", label: t("security.made"), sort: (f) => f.created_at, cell: (f) => dateOf(f.created_at) },
    {
      key: "used",
      label: t("security.used"),
      sort: (f) => f.used_at ?? "",
      cell: (f) => (f.used_at ? relative(f.used_at) : t("security.unused")),
    },
    {
      key: "acts",
      label: t("security.acts"),
      quiet: true,
      end: true,
      cell: (f) => (
        <Group gap="xs" justify="flex-end">
          {f.kind !== "recovery" && (
            <Button
              size="compact-sm"
              variant="default"
              aria-label={t("security.renameOf", { name: f.name })}
              onClick={() => onOpen(f)}
            >
              {t("security.rename")}
            </Button>
          )}
          {f.removable ? (
            <Button
              size="compact-sm"
              variant="default"
              aria-label={t("security.removeOf", { name: nameOf(f) })}
              onClick={() => remove(f)}
            >
              {t("security.remove")}
            </Button>
          ) : (
            <Text size="xs" c="dimmed">
              {t("security.needed")}
            </Text>
          )}
        </Group>
      ),
    },
  ];
}

function useFactorName(): (factor: Factor) => string {
  const { t } = useTranslation("account");
  return (factor) => factor.name || t(`account:kind.${factor.kind}`);
}

function useRemove(): (factor: Factor) => void {
  const { t } = useTranslation("account");
  const again = useFactorsAgain();
  const nameOf = useFactorName();
  return (factor) =>
    confirmAct({
      title: t("security.removeTitle", { name: nameOf(factor) }),
      consequence: t(factor.kind === "recovery" ? "security.removeCodes" : "security.removeText"),
      button: t("security.remove"),
      run: async () => {
        await request("DELETE", `/me/factors/${factor.id}`);
        again();
        done(t("security.removed"));
      },
    });
}
