import { NumberInput, SegmentedControl, Stack, Switch, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { preferencesQuery } from "@/api/queries";
import type { Preferences as Prefs } from "@/api/types";
import { currentLang, switchLanguage } from "@/i18n";
import { useMe } from "@/lib/entities";
import { Panel } from "@/pages/admin/parts/Panel";
import { Ready } from "@/ui/States";
import { useChangeSettings } from "@/ui/settings";
import classes from "./Preferences.module.css";

export function Preferences() {
  const { t } = useTranslation("account");
  const preferences = useQuery(preferencesQuery);
  return (
    <Panel title={t("tab.preferences")} about={t("preferences.about")}>
      <Ready query={preferences}>{(found) => <Form preferences={found} />}</Ready>
    </Panel>
  );
}

function Form({ preferences }: { preferences: Prefs }) {
  const { t } = useTranslation("account");
  const { partner } = useMe();
  const change = useChangeSettings();
  return (
    <Stack>
      <Choice
        label={t("preferences.lang")}
        value={preferences.lang ?? currentLang()}
        options={[
          { value: "pl", label: "Polski" },
          { value: "en", label: "English" },
        ]}
        onChange={(value) => {
          const lang = value === "en" ? "en" : "pl";
          void switchLanguage(lang);
          change({ lang });
        }}
      />
      <Choice
        label={t("preferences.theme")}
        value={preferences.theme ?? "auto"}
        options={(["light", "dark", "auto"] as const).map((theme) => ({
          value: theme,
          label: t(`account:theme.${theme}`),
        }))}
        onChange={(theme) => change({ theme: theme as Prefs["theme"] })}
      />
      <Choice
        label={t("preferences.density")}
        help={t("preferences.densityHelp")}
        value={preferences.density ?? "default"}
        options={(["compact", "default", "comfortable"] as const).map((density) => ({
          value: density,
          label: t(`account:density.${density}`),
        }))}
        onChange={(density) => change({ density: density as Prefs["density"] })}
      />
      {!partner && <OfHouse preferences={preferences} />}
    </Stack>
  );
}

/** What is of use on the pages of the house alone. */
function OfHouse({ preferences }: { preferences: Prefs }) {
  const { t } = useTranslation("account");
  const change = useChangeSettings();
  return (
    <>
      <Line label={t("preferences.shortcuts")} help={t("preferences.shortcutsHelp")}>
        {(named) => (
          <Switch
            {...named}
            checked={preferences.shortcuts !== false}
            onChange={(e) => change({ shortcuts: e.currentTarget.checked })}
          />
        )}
      </Line>
      <IdleDays value={preferences.idle_days ?? 14} onChange={(idle_days) => change({ idle_days })} />
    </>
  );
}

interface LineProps {
  label: string;
  help?: string;
  children: (named: { "aria-labelledby": string; "aria-describedby"?: string }) => ReactNode;
}

/** One setting: what it is, and beside it what changes it. */
function Line({ label, help, children }: LineProps) {
  const id = useId();
  return (
    <div className={classes.line}>
      <div>
        <Text size="sm" fw={500} id={id}>
          {label}
        </Text>
        {help && (
          <Text size="xs" c="dimmed" id={`${id}-help`}>
            {help}
          </Text>
        )}
      </div>
      {children({ "aria-labelledby": id, "aria-describedby": help && `${id}-help` })}
    </div>
  );
}

interface ChoiceProps {
  label: string;
  help?: string;
  value: string;
  options: { value: string; label: string }[];
  onChange: (value: string) => void;
}

function Choice({ label, help, value, options, onChange }: ChoiceProps) {
  return (
    <Line label={label} help={help}>
      {(named) => <SegmentedControl size="sm" {...named} data={options} value={value} onChange={onChange} />}
    </Line>
  );
}

/** Saved once the number is left, not at each digit. */
function IdleDays({ value, onChange }: { value: number; onChange: (days: number) => void }) {
  const { t } = useTranslation("account");
  const [typed, setTyped] = useState<number | string>(value);
  useEffect(() => setTyped(value), [value]);
  const days = typeof typed === "number" ? Math.min(365, Math.max(1, Math.round(typed))) : null;
  return (
    <Line label={t("preferences.idle")} help={t("preferences.idleHelp")}>
      {(named) => (
        <NumberInput
          {...named}
          className={classes.number}
          min={1}
          max={365}
          allowDecimal={false}
          value={typed}
          onChange={(next) => setTyped(typeof next === "bigint" ? Number(next) : next)}
          onBlur={() => {
            if (days === null) setTyped(value);
            else if (days !== value) onChange(days);
          }}
          onKeyDown={(e) => e.key === "Enter" && e.currentTarget.blur()}
        />
      )}
    </Line>
  );
}
