import Failures
package import MTACore
import Network
import Synchronization

/// Runs the reference MTA: listens, serves, stores, and ends when it is told to.
package final class ReferenceMTARunner: Sendable {
  private let options: ReferenceMTAOptions
  private let running = Mutex<Running?>(nil)

  private struct Running: Sendable {
    var context: ServerContext
    var listeners: [Listener]
    var serving: Task<Void, Never>
  }

  /// Makes a runner; nothing happens before ``start()``.
  package init(_ options: ReferenceMTAOptions) {
    self.options = options
  }

  /// Begins to accept connections, and returns as soon as it does. To be called once.
  ///
  /// The certificate is prepared meanwhile; where there is no authority yet, its file exists when this returns.
  package func start() async throws(ReferenceMTAFailure) -> ReferenceMTAPorts {
    let context = try openContext()
    context.certificates.prepare()
    let listeners = try await listen(context.log)
    serve(listeners, context)
    if !context.certificates.hasAuthority { _ = await context.certificates.context() }
    if let words = context.certificates.failureWords { context.log.write("warning: no certificate: \(words)") }
    let ports = zip(options.listeners, listeners).map { wish, listener in
      let port = if case .tcp(_, let port) = listener.endpoint { port } else { wish.port }
      return ReferenceMTAPorts.Port(name: wish.kind.rawValue, host: wish.host, port: port)
    }
    try writePortFile(ports)
    return ReferenceMTAPorts(ports: ports, authority: context.certificates.authority)
  }

  /// Waits until the last connection has ended after ``stop()``.
  package func run() async {
    await running.withLock { $0?.serving }?.value
  }

  /// Accepts no more connections, ends those that are open with 421, and waits for them.
  package func stop() async {
    guard let running = running.withLock({ $0 }) else { return }
    for listener in running.listeners { listener.stop() }
    running.serving.cancel()
    await running.serving.value
    await running.context.log.flush()
  }

  /// Serves connections to come by another configuration; listeners and directories stay.
  package func reload(_ configuration: MTAConfiguration) {
    running.withLock { $0?.context }?.replace(configuration)
  }

  private func openContext() throws(ReferenceMTAFailure) -> ServerContext {
    do throws(FileFailure) {
      return try ServerContext(options)
    } catch {
      throw ReferenceMTAFailure(name: .mtaState, words: error.words)
    }
  }

  private func listen(_ log: LogWriter) async throws(ReferenceMTAFailure) -> [Listener] {
    // All listeners share the process's descriptors.
    let maximum = min(options.maximumConnections, max(1, Listener.descriptorRoom / max(1, options.listeners.count)))
    var listeners: [Listener] = []
    for wish in options.listeners {
      do throws(ListenFailure) {
        let endpoint = Endpoint.tcp(host: wish.host, port: wish.port)
        listeners.append(
          try await Listener.start(on: endpoint, maximumConnections: maximum) {
            log.write(LogText.processLimit(service: wish.kind.rawValue, port: wish.port, maximum), service: "master")
          })
      } catch {
        for listener in listeners { listener.stop() }
        throw ReferenceMTAFailure(name: error.name, words: "cannot listen on \(error.endpoint): \(error.words)")
      }
    }
    return listeners
  }

  private func serve(_ listeners: [Listener], _ context: ServerContext) {
    let kinds = options.listeners.map(\.kind)
    let serving = Task {
      await withTaskGroup { group in
        for (listener, kind) in zip(listeners, kinds) {
          group.addTask {
            await listener.run { connection in
              await withNetworkLoop {
                var runner = ServerSessionRunner(connection, kind, context)
                await runner.run()
              }
            }
          }
        }
      }
    }
    running.withLock { $0 = Running(context: context, listeners: listeners, serving: serving) }
  }

  private func writePortFile(_ ports: [ReferenceMTAPorts.Port]) throws(ReferenceMTAFailure) {
    guard let path = options.portFile else { return }
    do throws(FileFailure) {
      try FileSystem.replace(path, with: ports.map { "\($0.name) \($0.host) \($0.port)\n" }.joined())
    } catch {
      throw ReferenceMTAFailure(name: .mtaPortFile, words: error.words)
    }
  }
}
