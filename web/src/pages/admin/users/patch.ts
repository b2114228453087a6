import { useQueryClient } from "@tanstack/react-query";
import { request } from "@/api/client";
import type { components } from "@/api/schema";
import type { User, UserView } from "@/api/types";

type UserUpdate = components["schemas"]["UserUpdate"];

/** Changes a user and puts the answer where the pages look. */
export function usePatchUser() {
  const client = useQueryClient();
  return async (id: string, version: number, body: UserUpdate): Promise<User> => {
    try {
      const user = await request<User>("PATCH", `/users/${id}`, { body, version });
      client.setQueryData<UserView>(["users", id], (old) => old && { ...old, ...user });
      return user;
    } finally {
      void client.invalidateQueries({ queryKey: ["users"] });
      void client.invalidateQueries({ queryKey: ["colleagues"] });
    }
  };
}
