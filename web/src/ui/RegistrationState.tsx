import {
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconClockOff,
  IconProgress,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Registration } from "@/api/types";
import { Fact } from "@/ui/States";

const LOOKS = {
  open: ["muted", IconCircleDashed],
  in_work: ["ok", IconProgress],
  won: ["ok", IconCircleCheck],
  lost: ["warn", IconCircleX],
} as const;

/** How a registered deal stands, in words; nothing where that is not told. */
export function RegistrationState({ of: { state, shared } }: { of: Registration }) {
  const { t } = useTranslation("partner");
  if (!shared)
    return (
      <Fact kind="muted">
        <IconClockOff size={14} aria-hidden />
        {t("registered.ended")}
      </Fact>
    );
  if (!state) return null;
  const [kind, Icon] = LOOKS[state];
  return (
    <Fact kind={kind}>
      <Icon size={14} aria-hidden />
      {t(`partner:registered.state.${state}`)}
    </Fact>
  );
}
