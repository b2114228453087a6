import { Alert, Button, PasswordInput, Stack } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { problemOf, request } from "@/api/client";
import { useMe } from "@/lib/entities";
import { Panel } from "@/pages/admin/parts/Panel";
import { Reasons, reasons } from "@/ui/PasswordReasons";
import { Failed } from "@/ui/States";
import classes from "./Password.module.css";

export function Password() {
  const { t } = useTranslation("account");
  const client = useQueryClient();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const change = useMutation({
    mutationFn: () => request("PUT", "/me/password", { body: { current, new: next } }),
    onSuccess: () => {
      setCurrent("");
      setNext("");
      void client.invalidateQueries({ queryKey: ["sessions"] });
    },
  });
  const problem = problemOf(change.error);
  const wrong = problem?.status === 401;
  const weak = reasons(problem).length > 0;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate();
  };
  return (
    <Panel title={t("password.title")} about={t("password.about")}>
      <form onSubmit={submit} className={classes.form}>
        <Stack>
          <Login />
          {change.isSuccess && (
            <Alert color="green" variant="light" icon={<IconCircleCheck aria-hidden />} role="status">
              {t("password.changed")}
            </Alert>
          )}
          <PasswordInput
            label={t("password.current")}
            autoComplete="current-password"
            required
            value={current}
            error={wrong ? t("password.wrong") : undefined}
            aria-invalid={wrong || undefined}
            onChange={(e) => setCurrent(e.currentTarget.value)}
          />
          <PasswordInput
            label={t("password.new")}
            description={t("password.help")}
            autoComplete="new-password"
            required
            value={next}
            error={weak && problem && <Reasons problem={problem} />}
            aria-invalid={weak || undefined}
            errorProps={{ component: "div" }}
            onChange={(e) => setNext(e.currentTarget.value)}
          />
          {problem && !wrong && problem.issues.length === 0 && <Failed error={problem} />}
          <div>
            <Button type="submit" loading={change.isPending}>
              {t("password.change")}
            </Button>
          </div>
        </Stack>
      </form>
    </Panel>
  );
}

/** Lets a password manager know whose password it is. */
function Login() {
  const { t } = useTranslation("account");
  const me = useMe();
  return (
    <input
      type="text"
      name="username"
      autoComplete="username"
      className="visually-hidden"
      tabIndex={-1}
      aria-label={t("login")}
      value={me.user.login}
      readOnly
    />
  );
}
