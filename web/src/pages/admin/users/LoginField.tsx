import { TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import classes from "../Admin.module.css";

interface Props {
  value: string;
  error: string | undefined;
  onChange: (login: string) => void;
}

/** By what name a new user will sign in: the first field of a form. */
export function LoginField({ value, error, onChange }: Props) {
  const { t } = useTranslation("admin");
  return (
    <TextInput
      label={t("user.login")}
      description={t("user.loginHelp")}
      error={error}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      required
      data-autofocus
      className={classes.wide}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
