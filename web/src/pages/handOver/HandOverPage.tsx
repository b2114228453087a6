import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { colleaguesQuery } from "@/api/queries";
import { NotFound } from "@/ui/RouteStates";
import { Ready } from "@/ui/States";
import { HandOver } from "../admin/users/HandOver";

/** Handing over what a colleague owns, for whoever was asked to: without any right to administer. */
export default function HandOverPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const navigate = useNavigate();
  return (
    <Ready query={useQuery(colleaguesQuery)}>
      {(colleagues) => {
        const user = colleagues.find((one) => one.id === id);
        if (!user) return <NotFound />;
        return <HandOver user={user} opened onClose={() => void navigate({ to: "/" })} />;
      }}
    </Ready>
  );
}
