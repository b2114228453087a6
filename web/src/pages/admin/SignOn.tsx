import { Code, Stack, Text } from "@mantine/core";
import { IconLogin2 } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { ProviderSettings } from "@/api/types";
import { Empty, Ready } from "@/ui/States";
import { AdminPage } from "./parts/AdminPage";
import { Facts, Panel } from "./parts/Panel";
import { signOnQuery } from "./queries";

/** Through whom users sign in, as the operator set it up. */
export default function SignOn() {
  const { t } = useTranslation("admin");
  const settings = useQuery(signOnQuery);
  return (
    <AdminPage title={t("card.signOn.name")} tab={t("card.signOn.name")} about={t("signOn.about")}>
      <Ready query={settings}>
        {(found) => (
          <Stack>
            <Panel title={t("signOn.passwords")}>
              <Text size="sm">
                {found.only ? t("signOn.only", { login: found.emergency ?? "" }) : t("signOn.both")}
              </Text>
            </Panel>
            {found.providers.length === 0 && (
              <Empty icon={<IconLogin2 size={32} stroke={1.5} aria-hidden />} title={t("signOn.none")}>
                {t("signOn.noneText")}
              </Empty>
            )}
            {found.providers.map((provider) => (
              <Provider key={provider.name} provider={provider} />
            ))}
          </Stack>
        )}
      </Ready>
    </AdminPage>
  );
}

/** Of whom users are made, if of anybody. */
function made(p: ProviderSettings, t: TFunction<"admin">): [string, string][] {
  if (!p.create_users_in) return [];
  const any = t("signOn.any");
  return [
    [t("signOn.madeDomains"), p.create_users_domains.join(", ") || any],
    [t("signOn.madeGroups"), p.create_users_groups.join(", ") || any],
    [t("signOn.unsaid"), t(p.trust_email ? "signOn.unsaidTaken" : "signOn.unsaidRefused")],
  ];
}

function Provider({ provider: p }: { provider: ProviderSettings }) {
  const { t } = useTranslation("admin");
  const roles = Object.entries(p.roles).map(([group, names]) => `${group} → ${names.join(", ")}`);
  const counts = [...p.factor_acr, ...p.factor_amr].join(", ");
  return (
    <Panel title={p.label}>
      <Facts
        items={[
          [t("signOn.name"), p.name],
          [t("signOn.issuer"), p.issuer],
          [t("signOn.client"), p.client_id],
          [t("signOn.scopes"), p.scopes.join(", ")],
          [t("signOn.made"), p.create_users_in ?? t("signOn.nobodyMade")],
          ...made(p, t),
          [
            t("signOn.groups"),
            roles.length > 0 ? `${p.groups_claim}: ${roles.join("; ")}` : t("signOn.noGroups"),
          ],
          ...(roles.length > 0
            ? [
                [
                  t("signOn.unspoken"),
                  t(p.no_groups === "none" ? "signOn.unspokenNone" : "signOn.unspokenKept"),
                ] as [string, string],
              ]
            : []),
          [t("signOn.factor"), counts || t("signOn.noFactor")],
          [t("signOn.redirect"), <Code key="redirect">{p.redirect}</Code>],
          [t("signOn.backChannel"), <Code key="back">{p.back_channel}</Code>],
          [t("signOn.frontChannel"), <Code key="front">{p.front_channel}</Code>],
        ]}
      />
    </Panel>
  );
}
