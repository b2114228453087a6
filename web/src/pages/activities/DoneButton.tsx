import { IconCircle, IconCircleCheckFilled } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { passFocus } from "@/ui/passFocus";
import classes from "./Activities.module.css";

interface Props {
  title: string;
  done: boolean;
  tabIndex?: number;
  onChange: (done: boolean) => void;
}

/** Done with one click. */
export function DoneButton({ title, done, tabIndex, onChange }: Props) {
  const { t } = useTranslation("activities");
  return (
    <button
      type="button"
      tabIndex={tabIndex}
      className={classes.done}
      aria-pressed={done}
      aria-label={t("markDone", { title })}
      title={t("done")}
      onMouseDown={(event) => event.stopPropagation()}
      onClick={(event) => {
        passFocus(event.currentTarget);
        onChange(!done);
      }}
    >
      {done ? <IconCircleCheckFilled size={18} aria-hidden /> : <IconCircle size={18} aria-hidden />}
    </button>
  );
}
