using System.CommandLine;

namespace Cordon.Commands.Bench;

/// <summary><c>cordon bench</c>: measures the parts of Cordon on the machine it runs on.</summary>
internal sealed class BenchCommand : Command
{
    public BenchCommand(TimeProvider time)
        : base("bench", "Measure parts of Cordon on this machine, each beside what the machine can do at most.")
    {
        Subcommands.Add(new BenchScreenCommand(time));
        Subcommands.Add(new BenchJournalCommand(time));
        Subcommands.Add(new BenchTraceCommand(time));
        Subcommands.Add(new BenchPlanCommand(time));
        Subcommands.Add(new BenchControlsCommand(time));
    }
}
