import { CloseButton, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./list.module.css";

const PAUSE = 150;

interface Props {
  value: string;
  label: string;
  placeholder?: string;
  onChange: (q: string) => void;
}

/** Words to look for; asked for once the typing pauses. */
export function SearchBox({ value, label, placeholder, onChange }: Props) {
  const { t } = useTranslation("list");
  const [typed, setTyped] = useState(value);
  const sent = useRef(value);
  const typedNow = useRef(typed);
  typedNow.current = typed;
  const latest = useRef(onChange);
  latest.current = onChange;
  useEffect(() => {
    if (value === sent.current) return;
    // Not from here: Back, a view, or "clear". What was typed since and is not sent yet was meant for the list at hand,
    // such as before its default view was known.
    const waits = typedNow.current !== sent.current;
    sent.current = value;
    if (!waits) setTyped(value);
  }, [value]);
  useEffect(() => {
    if (typed === sent.current) return;
    const timer = window.setTimeout(() => {
      sent.current = typed;
      latest.current(typed);
    }, PAUSE);
    return () => window.clearTimeout(timer);
  }, [typed]);
  return (
    <TextInput
      className={classes.search}
      type="search"
      role="searchbox"
      aria-label={label}
      placeholder={placeholder ?? t("searchShort")}
      autoComplete="off"
      maxLength={200}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={
        typed && <CloseButton size="sm" aria-label={t("searchClear")} onClick={() => setTyped("")} />
      }
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onKeyDown={(event) => event.key === "Escape" && setTyped("")}
    />
  );
}
