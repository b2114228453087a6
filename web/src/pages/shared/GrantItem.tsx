// One grant: of what or for whom it is, and all that holds of it.
import { Badge, Button } from "@mantine/core";
import { IconClock } from "@tabler/icons-react";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Entity, Grant } from "@/api/types";
import { inWords } from "@/i18n";
import { fieldOf, useMe } from "@/lib/entities";
import { dateTime, relativeDay } from "@/lib/format";
import { confirmAct } from "@/ui/confirmAct";
import { passFocus } from "@/ui/passFocus";
import { endsSoon, granteeOf } from "../record/share";
import classes from "./GrantItem.module.css";
import { useGrantActs } from "./useGrantActs";

const RenewDialog = lazy(() => import("./RenewDialog"));

interface Props {
  grant: Grant;
  /** Of the record; absent where it is not known. */
  entity?: Entity;
  /** Names it among the others; buttons are called by `name`. */
  heading: ReactNode;
  name: string;
  /** What kind of thing that is. */
  kind?: string;
  /** For whom it is, where the heading does not say so. */
  whom?: string;
}

export function GrantItem({ grant, entity, heading, name, kind, whom }: Props) {
  const { t } = useTranslation("shared");
  return (
    <li className={classes.grant} data-over={grant.state !== "in_force" || undefined}>
      <div className={classes.what}>
        <div className={classes.head}>
          <span className={classes.title}>{heading}</span>
          {kind && <span className={classes.part}>{kind}</span>}
          <span className={classes.part}>{grant.role?.label ?? t("roleGone")}</span>
          {grant.state !== "in_force" && (
            <Badge variant="default" size="sm" tt="none">
              {t(`shared:state.${grant.state}`)}
            </Badge>
          )}
          {grant.until && endsSoon(grant) && (
            <span className={classes.soon}>
              <IconClock size={14} aria-hidden />
              {t("endsSoon", { when: relativeDay(grant.until) })}
            </span>
          )}
        </div>
        {whom && <p>{whom}</p>}
        <Details grant={grant} entity={entity} />
      </div>
      <Acts grant={grant} name={name} />
    </li>
  );
}

function Details({ grant, entity }: Pick<Props, "grant" | "entity">) {
  const { t } = useTranslation("shared");
  const fields = grant.fields?.map((name) => inWords(entity && fieldOf(entity, name)?.label) || name);
  const times = [
    grant.state === "pending" && t("from", { at: dateTime(grant.from) }),
    grant.until ? t("record:access.until", { at: dateTime(grant.until) }) : t("record:access.noEnd"),
  ];
  const lines = [
    [
      times.filter(Boolean).join(" "),
      fields ? t("fields", { names: fields.join(", ") }) : t("record:share.allFields"),
      grant.with_related && t("withRelated"),
    ]
      .filter(Boolean)
      .join(" · "),
    grant.reason && t("reason", { reason: grant.reason }),
    t("by", { name: grant.by.name || t("common:unknownUser"), at: dateTime(grant.at) }),
  ];
  return lines.map((line) => line && <p key={line}>{line}</p>);
}

/** What the server lets the user do to it. */
function Acts({ grant, name }: Pick<Props, "grant" | "name">) {
  const { t } = useTranslation("shared");
  const me = useMe();
  const { end } = useGrantActs();
  const [busy, setBusy] = useState(false);
  const [renewing, setRenewing] = useState(false);
  const mine = grant.user?.id === me.user.id;
  const over = grant.state === "ended";
  const stop = async () => {
    setBusy(true);
    await end(grant);
    setBusy(false);
  };
  // Whoever gives others access can give it again; whoever gives it back can not.
  const giveBack = () =>
    confirmAct({
      title: t("return"),
      consequence: t("returnText", { name }),
      button: t("return"),
      run: stop,
    });
  const act = over ? "remove" : mine ? "return" : "end";
  return (
    <div className={classes.acts}>
      {grant.may_renew && (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={t("renewOf", { name })}
          onClick={() => setRenewing(true)}
        >
          {t("renew")}
        </Button>
      )}
      {grant.may_end && (
        <Button
          size="compact-sm"
          variant="default"
          loading={busy}
          aria-label={t(`shared:${act}Of`, { name })}
          onClick={({ currentTarget }) => {
            if (act === "return") return giveBack();
            passFocus(currentTarget);
            void stop();
          }}
        >
          {t(`shared:${act}`)}
        </Button>
      )}
      <Suspense>
        {renewing && <RenewDialog grant={grant} name={name} onClose={() => setRenewing(false)} />}
      </Suspense>
    </div>
  );
}

/** To whom it was given, where that is not the user alone. */
export function useWhomWords(): (grant: Grant) => string | undefined {
  const { t } = useTranslation("shared");
  const me = useMe();
  return (grant) => {
    if (grant.team) return t("toTeam", { name: granteeOf(grant) });
    if (grant.user?.id === me.user.id) return undefined;
    return t("to", { name: granteeOf(grant) || t("common:unknownUser") });
  };
}
