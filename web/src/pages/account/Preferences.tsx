import { NumberInput, SegmentedControl, Stack, Switch, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { preferencesQuery } from "@/api/queries";
import type { Preferences as Prefs } from "@/api/types";
import { currentLang, switchLanguage } from "@/i18n";
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
      <Switch
        label={t("preferences.shortcuts")}
        description={t("preferences.shortcutsHelp")}
        checked={preferences.shortcuts !== false}
        onChange={(e) => change({ shortcuts: e.currentTarget.checked })}
      />
      <IdleDays value={preferences.idle_days ?? 14} onChange={(idle_days) => change({ idle_days })} />
    </Stack>
  );
}

interface ChoiceProps {
  label: string;
  help?: ReactNode;
  value: string;
  options: { value: string; label: string }[];
  onChange: (value: string) => void;
}

function Choice({ label, help, value, options, onChange }: ChoiceProps) {
  const id = useId();
  return (
    <div className={classes.choice}>
      <div>
        <Text size="sm" fw={500} id={id}>
          {label}
        </Text>
        {help && (
          <Text size="xs" c="dimmed">
            {help}
          </Text>
        )}
      </div>
      <SegmentedControl size="sm" aria-labelledby={id} data={options} value={value} onChange={onChange} />
    </div>
  );
}

/** Saved once the number is left, not at each digit. */
function IdleDays({ value, onChange }: { value: number; onChange: (days: number) => void }) {
  const { t } = useTranslation("account");
  const [typed, setTyped] = useState<number | string>(value);
  useEffect(() => setTyped(value), [value]);
  const days = typeof typed === "number" ? Math.min(365, Math.max(1, Math.round(typed))) : null;
  return (
    <NumberInput
      className={classes.number}
      label={t("preferences.idle")}
      description={t("preferences.idleHelp")}
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
  );
}
