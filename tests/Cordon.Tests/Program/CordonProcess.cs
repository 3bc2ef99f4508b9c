using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Cordon.Tests.Program;

/// <summary>What a run of the program left behind.</summary>
/// <param name="Exit">Its exit code; 137 where it was killed.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Notes">Standard error.</param>
internal sealed record CordonRun(int Exit, string Output, string Notes)
{
    /// <summary>The one JSON document on standard output; anything beside it is a fault.</summary>
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Output);

    /// <summary>The run, where it ended as it should.</summary>
    public CordonRun Expect(int exit)
    {
        Assert.True(Exit == exit, $"exit {Exit} in place of {exit}\n--- standard output\n{Output}\n--- standard error\n{Notes}");
        return this;
    }
}

/// <summary>The program as its users start it: a process of its own, ended by its id.</summary>
internal sealed class CordonProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private readonly Process process;
    private readonly StringBuilder notes = new();
    private readonly ConcurrentDictionary<TaskCompletionSource<string>, Func<string, bool>> waiting = new();
    private readonly Task<string> output;
    private readonly Task reading;

    private CordonProcess(Process process)
    {
        this.process = process;
        output = process.StandardOutput.ReadToEndAsync();
        reading = Task.Run(ReadNotesAsync);
    }

    public bool HasExited => process.HasExited;

    public int Id => process.Id;

    /// <summary>Standard input.</summary>
    public Stream Input => process.StandardInput.BaseStream;

    public static CordonProcess Start(CordonHome home, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "cordon.exe" : "cordon"), arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = home.Files,
        };
        // The program runs on the runtime that runs the tests, wherever that lies.
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", ".."));
        start.Environment["HOME"] = home.Root;
        start.Environment["XDG_CONFIG_HOME"] = home.Config;
        start.Environment["XDG_DATA_HOME"] = home.Share;
        start.Environment["TMPDIR"] = home.Temporary;
        start.Environment["NO_COLOR"] = "1";
        // A killed process leaves the socket of its runtime's diagnostics behind, which is no file to search.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment.Remove("CORDON_KEY");
        return new CordonProcess(Process.Start(start)!);
    }

    /// <summary>Runs a command to its end.</summary>
    public static Task<CordonRun> RunAsync(CordonHome home, params string[] arguments) => RunWithInputAsync(home, "", arguments);

    /// <summary>Runs a command to its end with a text on standard input.</summary>
    public static async Task<CordonRun> RunWithInputAsync(CordonHome home, string input, params string[] arguments)
    {
        await using var process = Start(home, arguments);
        await process.FeedAsync(input);
        process.Input.Close();
        return await process.EndAsync();
    }

    /// <summary>Writes to standard input; a process that has ended takes nothing more, which is no fault of the test.</summary>
    public async Task FeedAsync(string text)
    {
        try
        {
            await Input.WriteAsync(Encoding.UTF8.GetBytes(text), TestContext.Current.CancellationToken);
            await Input.FlushAsync(TestContext.Current.CancellationToken);
        }
        catch (IOException)
        {
            // The pipe is broken: its other end is gone or going.
        }
    }

    /// <summary>Waits for a line on standard error, also one already written.</summary>
    public async Task<string> NoteAsync(Func<string, bool> wanted)
    {
        var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (notes)
        {
            foreach (var line in notes.ToString().Split('\n')) if (wanted(line)) return line;
            waiting[found] = wanted;
        }
        var first = await Task.WhenAny(found.Task, reading).WaitAsync(Patience, TimeProvider.System, TestContext.Current.CancellationToken);
        return first == found.Task || found.Task.IsCompleted ? await found.Task : throw new InvalidOperationException($"It ended without that line:\n{notes}");
    }

    /// <summary>Polls until something is so; fails where the process ends first.</summary>
    public async Task UntilAsync(Func<bool> so)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        while (!so())
        {
            Assert.False(process.HasExited, $"It ended too early:\n{notes}");
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, patience.Token);
        }
    }

    /// <summary>kill -9.</summary>
    public async Task<CordonRun> KillAsync()
    {
        Assert.False(process.HasExited, $"It ended before it could be killed:\n{notes}");
        process.Kill();
        return await EndAsync();
    }

    /// <summary>Waits for the end.</summary>
    public async Task<CordonRun> EndAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        await process.WaitForExitAsync(patience.Token);
        await reading;
        return new CordonRun(process.ExitCode, await output, notes.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
        process.Dispose();
    }

    private async Task ReadNotesAsync()
    {
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            lock (notes)
            {
                notes.Append(line).Append('\n');
                foreach (var (found, wanted) in waiting) if (wanted(line)) found.TrySetResult(line);
            }
        }
    }
}
