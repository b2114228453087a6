import { ActionIcon, Button, Checkbox, Group, Select, Stack, Text, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { HoursSpan, WorkingHours } from "@/api/types";
import { DAYS, DEFAULT_ZONE, dayName, flaw, weekOf, zones } from "@/lib/hours";
import { DialogButtons } from "@/ui/DialogButtons";
import classes from "./HoursForm.module.css";

/** The server takes no more. */
const SPANS = 28;
const OFFICE: HoursSpan = { days: [1, 2, 3, 4, 5], from: "08:00", until: "16:00" };

/** A span with a key that stays when others go. */
interface Kept {
  key: number;
  span: HoursSpan;
}

interface Props {
  hours: WorkingHours | null;
  onDone: (hours: WorkingHours | null) => void;
  onCancel: () => void;
}

/** Spans of the week, what they come to, and by whose clocks. */
export function HoursForm({ hours, onDone, onCancel }: Props) {
  const { t } = useTranslation("admin");
  const [zone, setZone] = useState(hours?.zone ?? DEFAULT_ZONE);
  const [kept, setKept] = useState<Kept[]>(() =>
    (hours?.spans ?? [OFFICE]).map((span, key) => ({ key, span })),
  );
  const [tried, setTried] = useState(false);
  const spans = kept.map(({ span }) => span);
  const good = spans.every((span) => !flaw(span));
  const add = () => setKept([...kept, { key: Math.max(-1, ...kept.map((k) => k.key)) + 1, span: OFFICE }]);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        // The dialog lies within the form of all rules, as React sees it.
        event.stopPropagation();
        setTried(true);
        if (good) onDone({ zone, spans });
      }}
    >
      <Stack>
        <Text size="sm">{t("hours.about")}</Text>
        {kept.map(({ key, span }, n) => (
          <SpanRow
            key={key}
            n={n + 1}
            span={span}
            tried={tried}
            onChange={(next) => setKept(kept.map((k) => (k.key === key ? { key, span: next } : k)))}
            onRemove={kept.length > 1 ? () => setKept(kept.filter((k) => k.key !== key)) : undefined}
          />
        ))}
        <Group>
          <Button
            variant="default"
            leftSection={<IconPlus size={16} aria-hidden />}
            disabled={kept.length >= SPANS}
            onClick={add}
          >
            {t("hours.add")}
          </Button>
        </Group>
        <Select
          label={t("hours.zone")}
          searchable
          allowDeselect={false}
          data={zones(zone)}
          limit={100}
          value={zone}
          onChange={(value) => value && setZone(value)}
        />
        {good && <Week spans={spans} zone={zone} />}
        {hours && (
          <Group>
            <Button variant="light" color="red" onClick={() => onDone(null)}>
              {t("hours.lift")}
            </Button>
          </Group>
        )}
        <DialogButtons button={t("hours.apply")} onCancel={onCancel} />
      </Stack>
    </form>
  );
}

interface SpanProps {
  n: number;
  span: HoursSpan;
  tried: boolean;
  onChange: (span: HoursSpan) => void;
  onRemove: (() => void) | undefined;
}

function SpanRow({ n, span, tried, onChange, onRemove }: SpanProps) {
  const { t } = useTranslation("admin");
  const wrong = tried ? flaw(span) : null;
  const ofTime = wrong === "time" || wrong === "same" ? t(`hours.flaw.${wrong}`) : undefined;
  return (
    <fieldset className={classes.span}>
      <legend className="visually-hidden">{t("hours.span", { n })}</legend>
      <Checkbox.Group
        label={t("hours.days")}
        error={wrong === "days" ? t("hours.flaw.days") : undefined}
        value={span.days.map(String)}
        onChange={(days) => onChange({ ...span, days: days.map(Number).sort((a, b) => a - b) })}
      >
        <Group gap="sm" mt={4}>
          {DAYS.map((day) => (
            <Checkbox key={day} value={String(day)} label={dayName(day, "long")} />
          ))}
        </Group>
      </Checkbox.Group>
      <Group align="flex-end" gap="sm" mt="xs">
        <TextInput
          type="time"
          label={t("hours.from")}
          value={span.from}
          onChange={(e) => onChange({ ...span, from: e.currentTarget.value })}
        />
        <TextInput
          type="time"
          label={t("hours.until")}
          // A field of time knows no 24:00.
          value={span.until === "24:00" ? "00:00" : span.until}
          onChange={({ currentTarget: { value } }) =>
            onChange({ ...span, until: value === "00:00" ? "24:00" : value })
          }
        />
        {onRemove && (
          <ActionIcon variant="default" size={36} aria-label={t("hours.remove", { n })} onClick={onRemove}>
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        )}
      </Group>
      {ofTime && (
        <Text size="xs" c="var(--mantine-color-error)" role="alert">
          {ofTime}
        </Text>
      )}
      {!flaw(span) && span.until <= span.from && (
        <Text size="xs" c="dimmed">
          {t("hours.overMidnight")}
        </Text>
      )}
    </fieldset>
  );
}

/** What it all means, day by day. */
function Week({ spans, zone }: { spans: HoursSpan[]; zone: string }) {
  const { t } = useTranslation("admin");
  const week = weekOf(spans);
  return (
    <section aria-label={t("hours.preview")}>
      <Text size="sm" fw={500}>
        {t("hours.previewIn", { zone })}
      </Text>
      <dl className={classes.week}>
        {DAYS.map((day, n) => (
          <div key={day}>
            <dt>{dayName(day, "long")}</dt>
            <dd>{week[n]?.join(", ") || t("hours.rest")}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
