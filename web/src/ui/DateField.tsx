import "@mantine/dates/styles.layer.css";
import { DateInput, DatesProvider, DateTimePicker } from "@mantine/dates";
import "dayjs/locale/pl";
import dayjs from "dayjs";
import { type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import { currentLang } from "@/i18n";
import { typedDay } from "@/lib/days";

interface Props {
  kind: "date" | "date_time";
  /** `YYYY-MM-DD`, or RFC 3339. */
  value: string;
  onChange: (value: string | null) => void;
  label?: ReactNode;
  description?: ReactNode;
  error?: ReactNode;
  required?: boolean;
  onBlur?: () => void;
}

const LOCAL = "YYYY-MM-DD HH:mm:ss";

/** A day, or a moment in local time. */
export default function DateField({ kind, value, onChange, ...rest }: Props) {
  const { t } = useTranslation();
  const lang = currentLang();
  const id = useId();
  const ariaLabels = {
    previousMonth: t("dates.previousMonth"),
    nextMonth: t("dates.nextMonth"),
    previousYear: t("dates.previousYear"),
    nextYear: t("dates.nextYear"),
    previousDecade: t("dates.previousDecade"),
    nextDecade: t("dates.nextDecade"),
    monthLevelControl: t("dates.toMonths"),
    yearLevelControl: t("dates.toYears"),
  };
  return (
    <DatesProvider settings={{ locale: lang, firstDayOfWeek: 1 }}>
      {kind === "date" ? (
        <DateInput
          {...rest}
          ariaLabels={ariaLabels}
          clearable
          value={value || null}
          valueFormat={lang === "pl" ? "DD.MM.YYYY" : "DD/MM/YYYY"}
          dateParser={typedDay}
          onChange={(v) => onChange(v)}
        />
      ) : (
        <DateTimePicker
          {...rest}
          ariaLabels={ariaLabels}
          // The picker, a dialog, is named by what stands in the field that opens it.
          placeholder={t("choose")}
          id={id}
          popoverProps={{ id, returnFocus: true }}
          clearable
          value={value ? dayjs(value).format(LOCAL) : null}
          valueFormat={lang === "pl" ? "DD.MM.YYYY HH:mm" : "DD/MM/YYYY HH:mm"}
          submitButtonProps={{ "aria-label": t("choose") }}
          onChange={(v) => onChange(v ? dayjs(v).toISOString() : null)}
        />
      )}
    </DatesProvider>
  );
}
