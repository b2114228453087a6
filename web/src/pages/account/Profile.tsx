import { Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Me } from "@/api/types";
import { inWords } from "@/i18n";
import { useEntities, useMe, useTeamNames } from "@/lib/entities";
import { dateTime } from "@/lib/format";
import { Facts, Panel } from "@/pages/admin/parts/Panel";
import { ACTIONS, THINGS } from "@/pages/admin/parts/rights";
import { Email } from "./Email";
import classes from "./Profile.module.css";

export function Profile() {
  const { t } = useTranslation("account");
  const me = useMe();
  const team = useTeamNames();
  if (me.partner) return <OfPartner partner={me.partner} />;
  return (
    <Stack>
      <Panel title={t("who")}>
        <Facts
          items={[
            [t("login"), me.user.login],
            [t("team"), me.team?.name ?? team(me.user.team)],
            [t("roles"), (me.roles ?? []).map((role) => role.label).join(", ")],
            [t("organisation"), me.organisation],
            [t("administrators"), (me.administrators ?? []).map((a) => a.name).join(", ")],
          ]}
        />
        <Text size="sm" c="dimmed">
          {t("whoChanges")}
        </Text>
      </Panel>
      <Email />
      <Rights />
    </Stack>
  );
}

/** Who is of a partner has neither roles nor a team, and nobody here by name. */
function OfPartner({ partner }: { partner: NonNullable<Me["partner"]> }) {
  const { t } = useTranslation("account");
  const me = useMe();
  return (
    <Stack>
      <Panel title={t("who")}>
        <Facts
          items={[
            [t("login"), me.user.login],
            [t("partner:own"), partner.name],
            [t("organisation"), me.organisation],
            [t("partner:accessUntil"), partner.access_until && dateTime(partner.access_until)],
          ]}
        />
        <Text size="sm" c="dimmed">
          {t("partner:ask")}
        </Text>
      </Panel>
      <Email />
    </Stack>
  );
}

/** What the roles add up to, as the server says it. */
function Rights() {
  const { t } = useTranslation("account");
  const me = useMe();
  const entities = useEntities();
  const things = THINGS.filter((thing) => me.things[thing]);
  return (
    <Panel title={t("may.title")} about={t("may.about")}>
      <dl className={classes.rights}>
        {entities.map((entity) => {
          const scopes = me.entities[entity.name] ?? {};
          const held = ACTIONS.filter((action) => (scopes[action] ?? "none") !== "none");
          return (
            <div key={entity.name}>
              <dt>{inWords(entity.label_plural)}</dt>
              <dd>
                {held.length === 0
                  ? t("may.nothing")
                  : held.map((action) => (
                      <span key={action}>
                        {t(`admin:action.${action}`)}: <b>{t(`admin:scope.${scopes[action]}`)}</b>
                      </span>
                    ))}
              </dd>
            </div>
          );
        })}
        {things.length > 0 && (
          <div>
            <dt>{t("may.things")}</dt>
            <dd>
              {things.map((thing) => (
                <span key={thing}>
                  {t(`admin:thing.${thing}`)}: <b>{t(`admin:verb.${me.things[thing]}`)}</b>
                </span>
              ))}
            </dd>
          </div>
        )}
      </dl>
    </Panel>
  );
}
