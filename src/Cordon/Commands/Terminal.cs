using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Cordon.Casework;
using Spectre.Console;

namespace Cordon.Commands;

/// <summary>Exit codes of every command.</summary>
internal static class Exit
{
    public const int Done = 0;
    public const int Faults = 1;
    public const int Usage = 2;
}

/// <summary>A command cannot go on, and the user can do something about it.</summary>
internal sealed class CommandFault(string message, int exit = Exit.Faults) : Exception(message)
{
    public int Exit { get; } = exit;
}

/// <summary>What commands say: results to standard output, progress and faults to standard error.</summary>
/// <param name="json">Results as JSON; then nothing else goes to standard output.</param>
internal sealed class Terminal(bool json)
{
    private static readonly JsonSerializerOptions Indented = new(CaseworkJson.Options) { WriteIndented = true, TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    /// <summary>Standard error, with colours where a person looks at it.</summary>
    public IAnsiConsole Notes { get; } = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });

    /// <summary>Standard output.</summary>
    public IAnsiConsole Results { get; } = Wide(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) }));

    /// <summary>Whether results are JSON.</summary>
    public bool Json => json;

    /// <summary>A line beside the result.</summary>
    public static void Note(string text) => Console.Error.WriteLine(text);

    /// <summary>The result, as JSON or as people read it.</summary>
    public void Result<T>(T value, Action<IAnsiConsole> forPeople)
    {
        if (json) Console.Out.WriteLine(JsonSerializer.Serialize(value, Indented));
        else forPeople(Results);
    }

    /// <summary>Runs long work with a bar, rate and time left on a terminal, and with plain lines elsewhere.</summary>
    /// <param name="title">What is done.</param>
    /// <param name="unit">What is counted: rows, signals, leaves.</param>
    /// <param name="time">The clock.</param>
    /// <param name="work">The work; it reports the share done (0 to 1, or less than 0 where unknown) and the count.</param>
    public async Task<T> WithProgressAsync<T>(string title, string unit, TimeProvider time, Func<Action<double, long>, Task<T>> work)
    {
        if (!Notes.Profile.Out.IsTerminal) return await PlainAsync(title, unit, time, work);
        return await Notes.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var start = time.GetTimestamp();
                var task = context.AddTask(Markup.Escape(title));
                var result = await work((share, count) =>
                {
                    task.IsIndeterminate = share < 0;
                    if (share >= 0) task.Value = share * task.MaxValue;
                    task.Description = Markup.Escape($"{title}: {Count(count)} {unit}, {Rate(count, time.GetElapsedTime(start))}");
                });
                task.Value = task.MaxValue;
                return result;
            });
    }

    /// <summary>A whole number for people.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    // A file or pipe has no width: nothing is folded there.
    private static IAnsiConsole Wide(IAnsiConsole console)
    {
        const int NoFold = 400;
        if (!console.Profile.Out.IsTerminal) console.Profile.Width = NoFold;
        return console;
    }

    private static async Task<T> PlainAsync<T>(string title, string unit, TimeProvider time, Func<Action<double, long>, Task<T>> work)
    {
        var start = time.GetTimestamp();
        TimeSpan? said = null;
        var pause = TimeSpan.FromSeconds(2);
        return await work((share, count) =>
        {
            var elapsed = time.GetElapsedTime(start);
            // The first line comes with the first news, unless all is done by then; the next ones with pauses.
            if (said is { } before ? elapsed - before < pause : share >= 1 || count == 0) return;
            said = elapsed;
            var percent = share < 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" {share * 100:F0}%, {Left(share, elapsed)} left,");
            Note($"{title}:{percent} {Count(count)} {unit}, {Rate(count, elapsed)}");
        });
    }

    private static string Left(double share, TimeSpan elapsed) =>
        share <= 0 ? "?" : ((elapsed / share) - elapsed).ToString(@"m\:ss", CultureInfo.InvariantCulture);

    private static string Rate(long count, TimeSpan elapsed) =>
        elapsed <= TimeSpan.Zero ? "" : Count((long)(count / elapsed.TotalSeconds)) + "/s";
}
