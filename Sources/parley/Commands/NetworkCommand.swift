import ArgumentParser
import Network

/// A command that talks over the network: all of it runs on the event loop's thread, so that no word costs a change of
/// threads.
protocol NetworkCommand: ParsableCommand, Sendable {
  /// Does what the command is for.
  func perform() async throws
}

extension NetworkCommand {
  func run() throws {
    try runNetworkLoop { () async -> Result<Void, any Error> in
      do {
        return .success(try await perform())
      } catch {
        return .failure(error)
      }
    }.get()
  }
}
