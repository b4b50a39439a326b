import Glibc
import Testing

/// What is the same for all commands of the program.
struct ParleyTests {
  @Test(
    "a mistake of usage has its name and the status 64, says what is wrong, and which command helps",
    arguments: [
      ("send --nonsense", "--to", "send"), ("send --to a@b.example --port x", "--port", "send"),
      ("send --to a@b.example --force-auth", "--force-auth: needs --auth MECHANISM", "send"),
      ("--nonsense", "--nonsense", "workbench"),
      ("host.example --timeout 0", "--timeout: expected seconds", "workbench"),
      ("run", "expected a dialogue file", "run"), ("run x -D y", "-D y: expected name=value", "run"),
      ("replay x --as y", "'client' and 'server'", "replay"),
      ("compare a b c", "expected one or two files", "compare"),
      ("convert x --session 0", "--session: expected a number from 1", "convert"),
      ("check --recover x", "--recover is for --header", "check"), ("lint --nonsense x", "--nonsense", "lint"),
      ("auth plain", "expected a user", "auth"), ("auth decode --nonsense", "--nonsense", "auth decode"),
      ("mta run --listen x", "--listen x: expected smtp://", "mta run"),
      ("mta run --nonsense", "--nonsense", "mta run"),
      ("mta user a --iterations 1", "--iterations: expected", "mta user"),
    ])
  func usage(arguments: String, words: String, command: String) throws {
    let run = try Program.run([Program.parley] + arguments.split(separator: " ").map(String.init))
    #expect(run.status == 64 && run.output.isEmpty)
    let first = run.errors.prefix { $0 != "\n" }
    #expect(first.hasPrefix("parley: error [usage]: ") && first.contains(words), "\(run.errors)")
    #expect(!run.errors.contains("Error:") && run.errors.contains("\nUsage: parley \(command.prefix { $0 != " " })"))
    #expect(run.errors.contains("See 'parley \(command) --help'"), "\(run.errors)")
  }

  @Test("a command that is asked for nothing says how it is used", arguments: ["send", "lint", "auth", "mta user"])
  func nothing(command: String) throws {
    let run = try Program.run([Program.parley] + command.split(separator: " ").map(String.init))
    #expect(run.status == 64 && run.errors.hasPrefix("parley: error [usage]: Missing expected argument"))
    // The mistake is not to scroll out of sight.
    #expect(run.errors.contains("\nUsage: parley ") && run.errors.split(separator: "\n").count <= 4, "\(run.errors)")
    #expect(run.errors.hasSuffix("See 'parley \(command) --help' for more information.\n"))
  }

  @Test(
    "a failure that is no mistake of usage is told once",
    arguments: [["run", "none.smtp"], ["send", "-t", "a@b", "-s", ":"]])
  func once(arguments: [String]) throws {
    let run = try Program.run([Program.parley] + arguments)
    #expect(
      run.errors.hasPrefix("parley: error [")
        && run.errors.split(separator: "\n", omittingEmptySubsequences: false).count == 2, "\(run.errors)")
  }

  @Test(
    "a bare word that is no command is not taken for a host",
    arguments: [("frob", ""), ("snd", "parley send?"), ("conver", "parley convert?"), ("Check", "parley check?")])
  func misspelt(word: String, hint: String) throws {
    let run = try Program.run([Program.parley, word])
    #expect(
      run.status == 64 && run.errors.hasPrefix("parley: error [usage]: there is no command \(word)"), "\(run.errors)")
    #expect(run.errors.contains(hint) && run.errors.contains("\(word):25 or smtp://\(word)"), "\(run.errors)")
  }

  @Test(
    "a pipe at whose other end nobody stands is not waited for without end", arguments: ["lint", "convert", "compare"])
  func pipe(command: String) throws {
    let files = try TemporaryDirectory()
    let path = files.path + "/pipe"
    #expect(mkfifo(path, 0o600) == 0)
    let run = try Program.run([Program.parley, command, path])
    #expect(run.status == 66 && run.errors.contains("nothing came from it in 10 seconds"), "\(run.errors)")
  }

  @Test("help and version are results", arguments: [["--help"], ["send", "--help"], ["help", "run"], ["--version"]])
  func help(arguments: [String]) throws {
    let run = try Program.run([Program.parley] + arguments)
    #expect(run.status == 0 && run.errors.isEmpty && !run.output.isEmpty)
  }
}
