using System.Collections.Immutable;
using System.Net.Http.Headers;
using System.Text;
using Cordon.Api;
using Cordon.Casework;
using Cordon.Casework.Audit;
using Cordon.Casework.Cases;
using Cordon.Casework.Reports;
using Cordon.Casework.Rulebooks;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;
using Cordon.Gateways.Files;
using Cordon.Gateways.Intake;
using Cordon.Hosting;
using Cordon.Journal;

namespace Cordon.Commands;

/// <summary>Where an import hands things on to: a running server, or the data folder itself.</summary>
internal abstract class ImportTarget : IAsyncDisposable
{
    /// <summary>What to tell the user of it.</summary>
    public abstract string Place { get; }

    /// <summary>Takes signals and reports; returns when they are durable.</summary>
    public abstract ImportSinks Sinks { get; }

    /// <summary>Does what is owed after the last batch.</summary>
    public virtual Task SettleAsync(CancellationToken cancel) => Task.CompletedTask;

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();

    /// <summary>Finds the target: the server named, the one that has the folder, or the folder.</summary>
    public static async Task<ImportTarget> FindAsync(string folder, Uri? server, string? key, string? database, Terminal terminal, TimeProvider time)
    {
        if (server is not null) return new ServerTarget(RunningServer.Named(server, key, folder));
        if (DataFolder.TryTake(folder) is { } taken)
        {
            var engine = await LocalEngine.OpenAsync(taken, terminal, time, changes: true);
            await FirstRulebook.ActivateAsync(engine, taken.Rulebooks, Instant.From(time.GetUtcNow()));
            return new FolderTarget(taken, engine, database, time);
        }
        return RunningServer.Of(folder) is { } running ? new ServerTarget(running) : throw RunningServer.InUse(folder);
    }
}

/// <summary>Posts to a server, as a member's own system would.</summary>
internal sealed class ServerTarget : ImportTarget
{
    private const int MostLines = 4_000;
    private const int MostReports = 500;
    private readonly HttpClient http;

    public ServerTarget(RunningServer server)
    {
        http = new HttpClient { BaseAddress = server.Address, Timeout = TimeSpan.FromMinutes(5) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.Key);
        Place = $"the server at {server.Address}";
        Sinks = new ImportSinks(SendSignalsAsync, SendReportsAsync);
    }

    public override string Place { get; }

    public override ImportSinks Sinks { get; }

    public override ValueTask DisposeAsync()
    {
        http.Dispose();
        return ValueTask.CompletedTask;
    }

    private async ValueTask<BatchReceipt> SendSignalsAsync(IReadOnlyList<Signal> batch, CancellationToken cancel)
    {
        var marks = new ReceiptMark[batch.Count];
        var refusals = ImmutableDictionary.CreateBuilder<int, IntakeFault>();
        foreach (var kind in Enumerable.Range(0, batch.Count).GroupBy(i => batch[i].Kind))
            foreach (var part in kind.Chunk(MostLines))
                await SendPartAsync(batch, kind.Key, part, marks, refusals, cancel);
        return new BatchReceipt(ImmutableArray.Create(marks)) { Refusals = refusals.ToImmutable() };
    }

    private async Task SendPartAsync(IReadOnlyList<Signal> batch, SignalKind kind, int[] part, ReceiptMark[] marks, ImmutableDictionary<int, IntakeFault>.Builder refusals, CancellationToken cancel)
    {
        var text = new StringBuilder();
        foreach (var i in part) text.Append(SignalJson.Write(batch[i])).Append('\n');
        var name = kind.ToString();
        var path = new Uri($"api/v1/signals/{char.ToLowerInvariant(name[0])}{name[1..]}", UriKind.Relative);
        using var body = new StringContent(text.ToString(), Encoding.UTF8, SignalEndpoints.NdJson);
        using var response = await PostAsync(path, body, cancel);
        var view = await response.Content.ReadFromJsonAsync<BatchView>(CaseworkJson.Options, cancel) ?? throw new CommandFault("The server's answer is empty.");
        foreach (var fault in view.Faults)
        {
            var at = part[fault.Line - 1];
            marks[at] = fault.Reason == IntakeReason.Conflict ? ReceiptMark.Conflict : ReceiptMark.Refused;
            if (marks[at] == ReceiptMark.Refused) refusals.TryAdd(at, new IntakeFault(fault.Field, fault.Reason, fault.Message));
        }
        // The server counts repeats and does not name them; of one kind, any will do for the counts.
        var repeats = view.Repeats;
        foreach (var i in part)
        {
            if (repeats == 0) break;
            if (marks[i] != ReceiptMark.Accepted) continue;
            marks[i] = ReceiptMark.Repeated;
            repeats--;
        }
    }

    private async ValueTask<BatchReceipt> SendReportsAsync(IReadOnlyList<VictimReport> batch, CancellationToken cancel)
    {
        var marks = new ReceiptMark[batch.Count];
        var refusals = ImmutableDictionary.CreateBuilder<int, IntakeFault>();
        foreach (var part in Enumerable.Range(0, batch.Count).Chunk(MostReports))
        {
            var text = new StringBuilder();
            foreach (var i in part) text.Append(ReportJson.Write(batch[i])).Append('\n');
            using var body = new StringContent(text.ToString(), Encoding.UTF8, SignalEndpoints.NdJson);
            using var response = await PostAsync(new Uri("api/v1/reports/bulk", UriKind.Relative), body, cancel);
            var view = await response.Content.ReadFromJsonAsync<BulkReportView>(CaseworkJson.Options, cancel) ?? throw new CommandFault("The server's answer is empty.");
            foreach (var fault in view.Faults)
            {
                var at = part[fault.Line - 1];
                marks[at] = fault.Reason == ReportAnswers.OtherReport ? ReceiptMark.Conflict : ReceiptMark.Refused;
                if (marks[at] == ReceiptMark.Refused) refusals.TryAdd(at, new IntakeFault(fault.Field, IntakeReason.Refused, $"{fault.Reason}: {fault.Message}"));
            }
            foreach (var i in part.Where(i => marks[i] == ReceiptMark.Accepted).Take(view.Repeats)) marks[i] = ReceiptMark.Repeated;
        }
        return new BatchReceipt(ImmutableArray.Create(marks)) { Refusals = refusals.ToImmutable() };
    }

    private async Task<HttpResponseMessage> PostAsync(Uri path, HttpContent body, CancellationToken cancel)
    {
        var response = await SendAsync(path, body, cancel);
        if (response.IsSuccessStatusCode) return response;
        using (response) throw await FaultAsync(response, cancel);
    }

    private async Task<HttpResponseMessage> SendAsync(Uri path, HttpContent body, CancellationToken cancel)
    {
        try
        {
            return await http.PostAsync(path, body, cancel);
        }
        catch (HttpRequestException fault)
        {
            throw new CommandFault($"{Place} does not answer ({fault.Message}). What it had acknowledged is kept; run the same import again.");
        }
    }

    private async Task<CommandFault> FaultAsync(HttpResponseMessage response, CancellationToken cancel) =>
        new($"{Place} refuses ({(int)response.StatusCode}): {await ServerProblem.TextAsync(response, cancel)}");
}

/// <summary>What became of reports handed in one by one.</summary>
internal sealed class ReportAnswers(int count)
{
    private readonly ImmutableArray<ReceiptMark>.Builder marks = ImmutableArray.CreateBuilder<ReceiptMark>(count);
    private readonly ImmutableDictionary<int, IntakeFault>.Builder refusals = ImmutableDictionary.CreateBuilder<int, IntakeFault>();

    public const string OtherReport = "report/other-report";

    public void Add(ReceivedReport received) => marks.Add(received.Repeat ? ReceiptMark.Repeated : ReceiptMark.Accepted);

    public void Refuse(string code, string message, string nextStep)
    {
        if (code == OtherReport)
        {
            marks.Add(ReceiptMark.Conflict);
            return;
        }
        refusals.Add(marks.Count, new IntakeFault("", IntakeReason.Refused, $"{code}: {message} {nextStep}"));
        marks.Add(ReceiptMark.Refused);
    }

    public BatchReceipt Receipt() => new(marks.ToImmutable()) { Refusals = refusals.ToImmutable() };
}

/// <summary>Writes into the data folder itself; nothing else has it meanwhile.</summary>
internal sealed class FolderTarget : ImportTarget
{
    private readonly DataFolder folder;
    private readonly JournaledEngine engine;
    private readonly string? database;
    private readonly TimeProvider time;
    private ServiceProvider? casework;

    public FolderTarget(DataFolder folder, JournaledEngine engine, string? database, TimeProvider time)
    {
        (this.folder, this.engine, this.database, this.time) = (folder, engine, database, time);
        Sinks = new ImportSinks(TakeSignalsAsync, TakeReportsAsync);
    }

    public override string Place => folder.Path;

    public override ImportSinks Sinks { get; }

    /// <summary>After reports casework catches up, so that what it says of their cases is true at once.</summary>
    public override async Task SettleAsync(CancellationToken cancel)
    {
        if (casework is null) return;
        await CaseworkParts.CatchUpAsync(casework, cancel);
        await casework.GetRequiredService<AuditSequencer>().SealAsync(cancel);
    }

    public override async ValueTask DisposeAsync()
    {
        if (casework is not null) await casework.DisposeAsync();
        await engine.DisposeAsync();
        folder.Dispose();
    }

    private async ValueTask<BatchReceipt> TakeSignalsAsync(IReadOnlyList<Signal> batch, CancellationToken cancel)
    {
        var records = new EngineRecord[batch.Count];
        for (var i = 0; i < records.Length; i++) records[i] = new SignalAccepted(batch[i]);
        var receipt = await engine.SubmitAsync(records, cancel);
        var refusals = ImmutableDictionary.CreateBuilder<int, IntakeFault>();
        // The door checks every limit of the journal; a row that passed it and cannot be written must never pass for accepted.
        for (var i = 0; i < records.Length; i++)
            if (receipt.Outcomes[i].Fault is not RecordFault.None and var fault) refusals.Add(i, SignalEndpoints.NotHeld(fault));
        return new BatchReceipt([.. receipt.Outcomes.Select(MarkOf)]) { Refusals = refusals.ToImmutable() };
    }

    private static ReceiptMark MarkOf(SubmitOutcome outcome) => outcome.Fault != RecordFault.None ? ReceiptMark.Refused : outcome.Admission switch
    {
        Admission.New => ReceiptMark.Accepted,
        Admission.Repeat => ReceiptMark.Repeated,
        _ => ReceiptMark.Conflict,
    };

    private async ValueTask<BatchReceipt> TakeReportsAsync(IReadOnlyList<VictimReport> batch, CancellationToken cancel)
    {
        casework ??= await CaseworkParts.OpenAsync(folder.Options(database, time), engine, cancel);
        var desk = casework.GetRequiredService<CaseDesk>();
        var answers = new ReportAnswers(batch.Count);
        foreach (var report in batch)
        {
            var received = await desk.ReceiveAsync(Actor.System("import"), report.ToIntake() with { Channel = ReportChannel.Bulk }, cancel);
            if (received.Refusal is not { } refusal) answers.Add(received.Value);
            else if (refusal.Retryable) throw new CommandFault($"Report {report.Id}: {refusal.Message} What was acknowledged before is kept; run the same import again.");
            else answers.Refuse(refusal.Code, refusal.Message, refusal.NextStep);
        }
        return answers.Receipt();
    }
}
