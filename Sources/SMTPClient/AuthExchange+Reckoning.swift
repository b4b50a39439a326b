import Network
package import SMTPSession
package import SMTPWire

extension AuthExchange {
  /// Takes the server's reply to the last line in; what takes long to compute is done beside the event loop.
  package mutating func answer(_ reply: Reply) async -> Step {
    guard reckonsLong, reply.code == 334 else { return receive(reply) }
    let (exchange, step) = await offNetworkLoop { [exchange = self] in
      var exchange = exchange
      let step = exchange.receive(reply)
      return (exchange, step)
    }
    self = exchange
    return step
  }
}

extension SubmissionMachine {
  /// Takes the next reply in; what takes long to compute is done beside the event loop.
  mutating func answer(_ reply: Reply) async -> [Action] {
    guard reckonsLong, reply.code == 334 else { return received(reply) }
    let (machine, actions) = await offNetworkLoop { [machine = self] in
      var machine = machine
      let actions = machine.received(reply)
      return (machine, actions)
    }
    self = machine
    return actions
  }
}
