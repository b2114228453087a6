import { Group, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { problemOf, request } from "@/api/client";
import type { Action, Session, Thing, TokenScope, Verb } from "@/api/types";
import { inWords } from "@/i18n";
import { mayAt, useEntities, useMe } from "@/lib/entities";
import { dateTime } from "@/lib/format";
import { splitNetworks } from "@/lib/networks";
import { DialogDone, DialogForm, FormDialog } from "@/pages/admin/parts/FormDialog";
import { Matrix, Pick, Tick } from "@/pages/admin/parts/Matrix";
import { ACTIONS, THINGS, VERBS } from "@/pages/admin/parts/rights";
import { Secret } from "@/pages/admin/parts/Secret";
import { setThing } from "@/pages/admin/roles/edit";
import DateField from "@/ui/DateField";
import { endOf, firstEnd, tidyScope, toggle } from "./tokenScope";

interface Props {
  opened: boolean;
  onClose: () => void;
  /** Where tokens are made: own ones, if it is not said. */
  path?: string;
  onMade?: () => void;
  /** When what they are of ends, and they with it. */
  until?: string;
  /** Offers every right, since it is not the user's own rights that bound the token. */
  anyScope?: boolean;
}

export function NewToken({ opened, ...rest }: Props) {
  const { t } = useTranslation("account");
  return (
    <FormDialog opened={opened} onClose={rest.onClose} title={t("tokens.add")} size="xl">
      <Form {...rest} />
    </FormDialog>
  );
}

function Form({ onClose, path = "/tokens", onMade, until, anyScope }: Omit<Props, "opened">) {
  const { t } = useTranslation("account");
  const client = useQueryClient();
  const [label, setLabel] = useState("");
  const [day, setDay] = useState(() => firstEnd(90, until));
  const [networks, setNetworks] = useState("");
  const [scope, setScope] = useState<TokenScope>({ entities: {}, things: {} });
  const make = useMutation({
    mutationFn: () =>
      request<{ token: string; session: Session }>("POST", path, {
        body: {
          label,
          scope: tidyScope(scope),
          networks: splitNetworks(networks),
          ends_at: endOf(day, until),
        },
      }),
    // The token is shown here and kept nowhere: it goes with the dialog.
    gcTime: 0,
    onSuccess: () => {
      onMade?.();
      void client.invalidateQueries({ queryKey: ["sessions"] });
    },
  });
  const problem = problemOf(make.error);
  if (make.data)
    return (
      <DialogDone onClose={onClose}>
        <Secret label={t("tokens.secret")} value={make.data.token}>
          {t("tokens.secretText")}
        </Secret>
      </DialogDone>
    );
  const names = {
    label: t("tokens.label"),
    scope: t("tokens.scope"),
    ends_at: t("tokens.endsOn"),
    networks: t("tokens.networks"),
  };
  return (
    <DialogForm button={t("tokens.add")} sending={make} names={names} onCancel={onClose}>
      <Group align="flex-start" grow preventGrowOverflow={false}>
        <TextInput
          label={t("tokens.label")}
          placeholder={t("tokens.labelHelp")}
          required
          maxLength={100}
          data-autofocus
          autoComplete="off"
          value={label}
          error={problem?.issue("label")}
          onChange={(e) => setLabel(e.currentTarget.value)}
        />
        <EndField value={day} until={until} error={problem?.issue("ends_at")} onChange={setDay} />
      </Group>
      <TextInput
        label={t("tokens.networks")}
        description={t("tokens.networksHelp")}
        autoComplete="off"
        spellCheck={false}
        value={networks}
        error={problem?.issue("networks")}
        onChange={(e) => setNetworks(e.currentTarget.value)}
      />
      <ScopeFields scope={scope} onChange={setScope} any={anyScope} />
    </DialogForm>
  );
}

interface EndProps {
  value: string;
  until?: string;
  error?: string;
  onChange: (day: string) => void;
}

function EndField(props: EndProps) {
  const { t } = useTranslation("account");
  return (
    <div>
      <DateField
        kind="date"
        label={t("tokens.endsOn")}
        required
        value={props.value}
        error={props.error}
        onChange={(day) => props.onChange(day ?? "")}
      />
      <Text size="xs" c="dimmed">
        {props.until ? t("tokens.endsUntil", { date: dateTime(props.until) }) : t("tokens.endsHelp")}
      </Text>
    </div>
  );
}

interface ScopeProps {
  scope: TokenScope;
  onChange: (scope: TokenScope) => void;
  /** Whether all there is is offered. */
  any?: boolean;
}

/** Offers what the user may do at all, or everything; the server holds the token to scope and rights. */
function ScopeFields({ scope, onChange, any }: ScopeProps) {
  const { t } = useTranslation("account");
  const me = useMe();
  const may = (action: Action, name: string) => any || mayAt(me, action, name);
  const entities = useEntities().filter((e) => ACTIONS.some((action) => may(action, e.name)));
  const actions = ACTIONS.filter((action) => entities.some((e) => may(action, e.name)));
  const things = THINGS.filter((thing) => any || me.things[thing]);
  return (
    <>
      <Text size="sm" c="dimmed">
        {t("tokens.scopeHelp")}
      </Text>
      {entities.length > 0 && (
        <Matrix
          label={t("tokens.scope")}
          rows={entities.map((e) => ({ key: e.name, label: inWords(e.label_plural) }))}
          columns={actions.map((action) => ({ key: action, label: t(`admin:action.${action}`) }))}
          cell={(row, column) =>
            may(column.key as Action, row.key) && (
              <Tick
                label={`${row.label}: ${column.label}`}
                checked={scope.entities[row.key]?.includes(column.key as Action) ?? false}
                onChange={(on) => onChange(toggle(scope, row.key, column.key as Action, on))}
              />
            )
          }
        />
      )}
      {things.length > 0 && (
        <Matrix
          label={t("may.things")}
          rows={things.map((thing) => ({ key: thing, label: t(`admin:thing.${thing}`) }))}
          columns={[{ key: "verb", label: t("tokens.right") }]}
          cell={(row) => (
            <Pick
              label={row.label}
              value={scope.things?.[row.key as Thing] ?? "none"}
              none="none"
              options={VERBS.filter(
                (verb) => verb !== "manage" || any || me.things[row.key as Thing] === "manage",
              ).map((verb) => ({ value: verb, label: t(`admin:verb.${verb}`) }))}
              onChange={(verb) => onChange(setThing(scope, row.key as Thing, verb as "none" | Verb))}
            />
          )}
        />
      )}
    </>
  );
}
