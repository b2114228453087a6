import { useRouter } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { isOutsideHours, Problem } from "@/api/client";
import { AgainOrOut } from "@/ui/RouteStates";
import { Failed } from "@/ui/States";
import { Frame } from "./Frame";

/** Nothing is served to this user: the server cannot now, or not here, or not at this hour. */
export function Unserved({ error }: { error: unknown }) {
  const { t } = useTranslation();
  const router = useRouter();
  const refused = error instanceof Problem && error.status === 403;
  const title = isOutsideHours(error) ? error.title : t(refused ? "noAccess.out" : "problem.title");
  const again = () => void router.invalidate();
  return (
    <Frame title={title} wide>
      <Failed error={error} retry={again} />
      {refused && <AgainOrOut retry={again} />}
    </Frame>
  );
}
