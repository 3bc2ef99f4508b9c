using System.CommandLine;
using System.CommandLine.Parsing;
using Cordon.Commands;
using Cordon.Commands.Assess;
using Cordon.Commands.Bench;
using Cordon.Commands.Detect;
using Cordon.Gateways.Files;
using Cordon.Gateways.Intake;

// What a user typed comes back in messages, and messages are kept by terminals and schedulers: they are masked.
var root = new RootCommand("""
    Cordon, the system of an anti-fraud joint centre: it screens signals of all sectors, follows stolen money and orders it
    stopped, and names the duties that failed.

    Start with 'cordon demo'. Exit codes: 0 done, 1 the work found faults, 2 wrong usage.
    """)
{
    new ServeCommand(TimeProvider.System),
    new DemoCommand(TimeProvider.System),
    new ImportCommand(TimeProvider.System),
    new Command("reports", "Victims' reports.") { new ImportCommand(TimeProvider.System, FileContent.Reports) },
    new TraceCommand(TimeProvider.System),
    new AssessCommand(TimeProvider.System),
    new DetectCommand(TimeProvider.System),
    new ReplayCommand(TimeProvider.System),
    new VerifyCommand(TimeProvider.System),
    new LiabilityCommand(),
    new TokenCommand(),
    new BenchCommand(TimeProvider.System),
};

var parsed = root.Parse(args);
if (parsed.Errors.Count > 0 && !parsed.Tokens.Any(t => t.Value is "--help" or "-h" or "-?"))
{
    foreach (var error in parsed.UnmatchedTokens.Count > 0 ? parsed.Errors.Where(e => !e.Message.StartsWith("Required command", StringComparison.Ordinal)) : parsed.Errors) Terminal.Note($"cordon: {Masking.Mask(error.Message)}");
    Terminal.Note($"'{Named(parsed.CommandResult)} --help' tells how.");
    return Exit.Usage;
}
try
{
    return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (CommandFault fault)
{
    Terminal.Note($"cordon: {Masking.Mask(fault.Message)}");
    return fault.Exit;
}
catch (OperationCanceledException)
{
    Terminal.Note("cordon: stopped. What was acknowledged is kept.");
    return Exit.Faults;
}
catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
{
    Terminal.Note($"cordon: {Masking.Mask(fault.Message)}");
    return Exit.Faults;
}
catch (Exception fault)
{
    // A fault of the program itself; what it holds may hold what was read.
    Terminal.Note($"cordon: this is a fault of Cordon. What was acknowledged is kept. Please report these lines:\n{Masking.Mask(fault.ToString())}");
    return Exit.Faults;
}

static string Named(CommandResult said) => said.Parent is CommandResult above ? $"{Named(above)} {said.Command.Name}" : "cordon";
