import { Drawer } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useMe } from "@/lib/entities";
import { closeOverlay } from "@/lib/overlay";
import { Nav } from "./Shell";

/** The ways through the program, where the screen is narrow. */
export default function NavDrawer() {
  const { t } = useTranslation();
  const me = useMe();
  return (
    <Drawer
      opened
      onClose={closeOverlay}
      position="left"
      size={280}
      title={me.organisation || "Klucznik"}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <Nav onGo={closeOverlay} />
    </Drawer>
  );
}
