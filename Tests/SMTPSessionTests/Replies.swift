import SMTPWire

/// Reads a reply as it stands on the wire, for tests.
func reply(_ lines: String...) -> Reply {
  var parser = ReplyParser()
  for line in lines {
    if case .reply(let reply) = parser.receive(WireLine(line)) { return reply }
  }
  return Reply(599, "the test's reply is not whole")
}
