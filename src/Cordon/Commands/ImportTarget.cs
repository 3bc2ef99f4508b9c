using System.Collections.Immutable;
using System.Net.Http.Headers;
using System.Text;
using Cordon.Api;
using Cordon.Casework;
using Cordon.Casework.Audit;
using Cordon.Casework.Cases;
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
        if (server is not null)
            return new ServerTarget(server, key ?? throw new CommandFault("--server needs a key: give --key or set CORDON_KEY.", Exit.Usage));
        if (DataFolder.TryTake(folder) is { } taken)
        {
            var engine = await LocalEngine.OpenAsync(taken, terminal, time);
            await FirstRulebook.ActivateAsync(engine, taken.Rulebooks, Instant.From(time.GetUtcNow()));
            return new FolderTarget(taken, engine, database, time);
        }
        if (DataFolder.ReadNote(folder) is { Server: { } running, Token: { } token }) return new ServerTarget(running, token);
        throw new CommandFault($"{folder} is in use by another command. Wait until it has ended, or name another folder with --data.");
    }
}

/// <summary>Posts to a server, as a member's own system would.</summary>
internal sealed class ServerTarget : ImportTarget
{
    private const int MostLines = 4_000;
    private readonly HttpClient http;

    public ServerTarget(Uri server, string key)
    {
        http = new HttpClient { BaseAddress = server, Timeout = TimeSpan.FromMinutes(5) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        Place = $"the server at {server}";
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
        foreach (var kind in Enumerable.Range(0, batch.Count).GroupBy(i => batch[i].Kind))
            foreach (var part in kind.Chunk(MostLines))
                await SendPartAsync(batch, kind.Key, part, marks, cancel);
        return new BatchReceipt(ImmutableArray.Create(marks));
    }

    private async Task SendPartAsync(IReadOnlyList<Signal> batch, SignalKind kind, int[] part, ReceiptMark[] marks, CancellationToken cancel)
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
            if (fault.Reason != IntakeReason.Conflict) throw new CommandFault($"The server does not take a row of {batch[part[fault.Line - 1]].Id}: {fault.Field}: {fault.Message}");
            marks[part[fault.Line - 1]] = ReceiptMark.Conflict;
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
        var marks = ImmutableArray.CreateBuilder<ReceiptMark>(batch.Count);
        foreach (var report in batch)
        {
            using var body = new StringContent(ReportJson.Write(report), Encoding.UTF8, "application/json");
            body.Headers.Add("Idempotency-Key", report.Id.Text);
            using var response = await PostAsync(new Uri("api/v1/reports", UriKind.Relative), body, cancel);
            var received = await response.Content.ReadFromJsonAsync<ReceivedReport>(CaseworkJson.Options, cancel);
            marks.Add(received!.Repeat ? ReceiptMark.Repeated : ReceiptMark.Accepted);
        }
        return new BatchReceipt(marks.MoveToImmutable());
    }

    private async Task<HttpResponseMessage> PostAsync(Uri path, HttpContent body, CancellationToken cancel)
    {
        HttpResponseMessage response;
        try
        {
            response = await http.PostAsync(path, body, cancel);
        }
        catch (HttpRequestException fault)
        {
            throw new CommandFault($"{Place} does not answer ({fault.Message}). What it had acknowledged is kept; run the same import again.");
        }
        if (response.IsSuccessStatusCode) return response;
        var problem = await response.Content.ReadAsStringAsync(cancel);
        response.Dispose();
        throw new CommandFault($"{Place} refuses ({(int)response.StatusCode}): {problem}");
    }
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
        // The door checks every limit of the journal; a row that passed it and cannot be written must stop the import, never vanish as accepted.
        if (receipt.Faults > 0)
        {
            var at = Enumerable.Range(0, batch.Count).First(i => receipt.Outcomes[i].Fault != RecordFault.None);
            throw new CommandFault($"The journal cannot hold {batch[at].Id}: {receipt.Outcomes[at].Fault}. What was acknowledged before is kept.");
        }
        return new BatchReceipt([.. receipt.Outcomes.Select(o => o.Admission switch
        {
            Admission.New => ReceiptMark.Accepted,
            Admission.Repeat => ReceiptMark.Repeated,
            _ => ReceiptMark.Conflict,
        })]);
    }

    private async ValueTask<BatchReceipt> TakeReportsAsync(IReadOnlyList<VictimReport> batch, CancellationToken cancel)
    {
        casework ??= await CaseworkParts.OpenAsync(folder.Options(database, time), engine, cancel);
        var desk = casework.GetRequiredService<CaseDesk>();
        var marks = ImmutableArray.CreateBuilder<ReceiptMark>(batch.Count);
        foreach (var report in batch)
        {
            var received = await desk.ReceiveAsync(Actor.System("import"), report.ToIntake(), cancel);
            marks.Add(received.Refusal is { } refusal
                ? refusal.Code == "report/other-report" ? ReceiptMark.Conflict : throw new CommandFault($"Report {report.Id}: {refusal.Message} {refusal.NextStep}")
                : received.Value.Repeat ? ReceiptMark.Repeated : ReceiptMark.Accepted);
        }
        return new BatchReceipt(marks.MoveToImmutable());
    }
}
