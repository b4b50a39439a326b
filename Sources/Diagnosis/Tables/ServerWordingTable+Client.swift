extension ServerWordingTable {
  /// Who the client is: block lists, reverse DNS, reputation.
  static let client: [ServerWording] = [
    ServerWording(
      "block-list", "the client is on a block list",
      [
        "blocked using", "listed by", "listed at", "listed in", "listed on", "blacklisted by", "blacklisted at",
        "rejected by rbl",
      ],
      capture: (.nextWord, "a block list"),
      cause: "The server asked the block list {}, and it lists the client's address or the name it was asked for.",
      next: [
        "look the client's address up on the list's own web page; it says why, and how to be removed",
        "an address at home is often listed on purpose: send through your provider's server with a login",
        "on the server (Postfix): reject_rbl_client and reject_rhsbl_… in the restriction lists; permit_mynetworks or a whitelist before them",
      ],
      clause: "RFC 5782 §2"),
    ServerWording(
      "poor-reputation", "the client has a poor reputation",
      [
        "block list", "blocklist", "blacklist", "black list", "blocklisted", "low reputation", "poor reputation",
        "bad reputation", "reputation of the", "spamhaus", "dnsbl", "barracuda", "s3140", "s3150",
        "banned sending ip", "ip address is blocked", "ip blocked",
      ],
      cause: "The server keeps mail from the client's address or network away because of what came from there before.",
      next: [
        "follow the address in the server's text: it names the list and the way to be removed",
        "for Outlook.com and Gmail: their postmaster pages; send from another address meanwhile",
      ],
      clause: "RFC 5321 §7.9"),
    ServerWording(
      "no-reverse-name", "the client has no reverse name",
      [
        "cannot find your hostname", "cannot find your reverse hostname", "reverse dns", "reverse-dns", "ptr record",
        "no ptr", "rdns", "reverse lookup", "reverse hostname", "does not have a valid ptr",
      ],
      cause: "The DNS has no name for the client's address, or the name does not lead back to the address.",
      next: [
        "have the owner of the client's address set a PTR record whose name has an A or AAAA record with the same address",
        "on the server (Postfix): reject_unknown_client_hostname is strict, reject_unknown_reverse_client_hostname asks only for a PTR",
      ],
      clause: "RFC 7372 §3.3"),
    ServerWording(
      "dynamic-address", "the client has a dial-up address",
      [
        "dynamic ip", "dynamic address", "dynamically", "dial-up", "dialup", "generic hostname", "generic reverse",
        "residential",
      ],
      cause:
        "The client's address looks like one that a provider gives to homes, and the server takes no mail from those.",
      next: ["send through your provider's submission server with a login (port 587 or 465)"], clause: "RFC 5321 §7.8"),
    ServerWording(
      "client-refused", "the client is refused",
      [
        "client host rejected", "client host*denied", "not allowed to connect", "connection refused by policy",
        "ip*not allowed",
      ],
      cause: "A rule of the server's administrator refuses the client by its address or name.",
      next: [
        "ask the server's administrator, and name your address and the time",
        "on the server (Postfix): check_client_access, smtpd_client_restrictions, mynetworks",
      ],
      clause: "RFC 5321 §7.8"),
    ServerWording(
      "early-talker", "the client spoke too early",
      [
        "improper use of smtp command pipelining", "improper command pipelining", "synchronization error",
        "without waiting for greeting", "before greeting", "pregreet", "talks too soon", "spoke too soon",
        "pipelining not",
      ],
      cause:
        "The client sent before it was its turn: before the greeting, or several commands at once where that was not allowed.",
      next: [
        "wait for each reply; only after EHLO has offered PIPELINING may commands go together",
        "on the server (Postfix): reject_unauth_pipelining; postscreen's pregreet test",
      ],
      clause: "RFC 2920 §3.1"),
    ServerWording(
      "postscreen-protocol", "postscreen refuses the client", ["5.5.1 protocol error"],
      cause:
        "Postfix's postscreen saw the client break the protocol: it spoke too early, sent several commands at once, or ended lines in a bare LF.",
      next: [
        "connect anew and wait for every reply",
        "on the server (Postfix): the log lines PREGREET, COMMAND PIPELINING, BARE NEWLINE of postscreen",
      ],
      clause: "RFC 5321 §4.3.1"),
  ]

  /// HELO and EHLO.
  static let hello: [ServerWording] = [
    ServerWording(
      "hello-not-full", "the EHLO name is not a full host name",
      [
        "helo command rejected: need fully-qualified", "need fully-qualified hostname", "helo*fully qualified",
        "ehlo*fully qualified",
      ],
      capture: (.angleBrackets, "the name"),
      cause: "The server wants a host name with a domain after EHLO, and {} is none.",
      next: [
        "say who you are in full: parley send --ehlo client.example.org …, or an address literal: EHLO [192.0.2.1]",
        "on the server (Postfix): reject_non_fqdn_helo_hostname",
      ],
      clause: "RFC 5321 §4.1.1.1"),
    ServerWording(
      "hello-unknown", "the EHLO name does not exist",
      [
        "helo command rejected: host not found", "helo*not found", "helo*does not resolve", "ehlo*does not resolve",
        "helo*unresolvable",
      ],
      capture: (.angleBrackets, "the name"),
      cause: "The DNS has no address for {}, the name given after EHLO.",
      next: [
        "give a name that the DNS knows: parley send --ehlo NAME …",
        "on the server (Postfix): reject_unknown_helo_hostname",
      ],
      clause: "RFC 5321 §4.1.4"),
    ServerWording(
      "hello-malformed", "the EHLO name is malformed",
      [
        "helo command rejected: invalid", "invalid ip address", "syntactically invalid helo",
        "syntactically invalid ehlo", "invalid domain name", "invalid helo", "invalid ehlo", "bad helo", "syntax: ehlo",
        "syntax: helo",
      ],
      cause: "What stands after EHLO is no host name and no address literal.",
      next: [
        "give a name of letters, digits, hyphens and dots, or [192.0.2.1]: parley send --ehlo NAME …",
        "on the server (Postfix): reject_invalid_helo_hostname",
      ],
      clause: "RFC 5321 §4.1.1.1"),
    ServerWording(
      "hello-refused", "the EHLO name is refused",
      ["helo command rejected", "helo rejected", "ehlo rejected", "helo*denied", "helo*not accepted"],
      capture: (.angleBrackets, "this name"),
      cause:
        "A rule of the server's administrator refuses {} after EHLO; many servers refuse their own name from strangers.",
      next: [
        "give the client's own name: parley send --ehlo NAME …",
        "on the server (Postfix): check_helo_access, smtpd_helo_restrictions",
      ],
      clause: "RFC 5321 §4.1.4"),
    ServerWording(
      "hello-first", "EHLO comes first",
      [
        "send helo/ehlo first", "send hello first", "polite people say", "helo first", "ehlo first", "must issue helo",
        "helo/ehlo first", "say helo", "ehlo/helo first", "helo required",
      ],
      cause: "The server wants EHLO or HELO before this command; after STARTTLS it has to come again.",
      next: ["EHLO NAME, then this command again", "on the server (Postfix): smtpd_helo_required"],
      clause: "RFC 5321 §4.1.4"),
  ]
}
