#include <netinet/in.h>
#include <arpa/inet.h>
#include <arpa/nameser.h>
#include <netdb.h>
#include <resolv.h>

/* The resolver's functions and fields are macros, which Swift does not see. */

static inline struct __res_state parley_res_blank(void) {
  struct __res_state state = {0};
  return state;
}

static inline int parley_res_init(struct __res_state *state) { return res_ninit(state); }

static inline void parley_res_close(struct __res_state *state) { res_nclose(state); }

static inline int parley_res_query(struct __res_state *state, const char *name, int type, unsigned char *answer, int size) {
  return res_nquery(state, name, ns_c_in, type, answer, size);
}

static inline int parley_res_reason(const struct __res_state *state) { return state->res_h_errno; }

static inline void parley_res_set_limits(struct __res_state *state, int seconds, int tries) {
  state->retrans = seconds;
  state->retry = tries;
}

static inline void parley_res_set_server(struct __res_state *state, struct sockaddr_in server) {
  state->nsaddr_list[0] = server;
  state->nscount = 1;
}

static inline struct sockaddr_in parley_res_no_address(void) {
  struct sockaddr_in address = {0};
  return address;
}

static inline int parley_res_address(const char *host, unsigned short port, struct sockaddr_in *address) {
  address->sin_family = AF_INET;
  address->sin_port = htons(port);
  return inet_pton(AF_INET, host, &address->sin_addr);
}
