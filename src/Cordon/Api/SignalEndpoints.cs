using Cordon.Casework;
using Cordon.Casework.Answers;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;
using Cordon.Gateways.Intake;
using Cordon.Journal;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cordon.Api;

/// <summary>What became of a batch.</summary>
/// <param name="Lines">Lines that were not blank.</param>
/// <param name="Accepted">Signals that are new; they are durable.</param>
/// <param name="Repeats">Signals that came again with the same values and changed nothing.</param>
/// <param name="Sequence">The journal is durable and judged up to here.</param>
/// <param name="Faults">Lines that were not taken, in their order; all others were.</param>
/// <param name="Verdicts">Signals that screening would not simply let pass, in the order of their lines.</param>
internal sealed record BatchView(int Lines, int Accepted, int Repeats, long Sequence, IReadOnlyList<LineFault> Faults, IReadOnlyList<LineVerdict> Verdicts);

/// <summary>Why a line was not taken.</summary>
/// <param name="Line">Its number, from 1.</param>
/// <param name="Field">The field, or empty for the line as a whole.</param>
/// <param name="Reason">A stable code.</param>
/// <param name="Message">What is wrong, with identity numbers masked.</param>
internal sealed record LineFault(int Line, string Field, string Reason, string Message)
{
    public static LineFault Of(int line, IntakeFault fault) => new(line, fault.Field, fault.Reason, fault.Message);
}

/// <summary>The answer on a signal.</summary>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Id">Its id.</param>
/// <param name="Action">What to do with the thing it tells of.</param>
/// <param name="Reasons">Reason codes.</param>
internal sealed record LineVerdict(int Line, string Id, VerdictAction Action, IReadOnlyList<string> Reasons);

/// <summary>Signals in batches of NDJSON.</summary>
internal static class SignalEndpoints
{
    public const string NdJson = "application/x-ndjson";

    /// <summary>The reason code of a signal of another member than the key's.</summary>
    public const string NotYours = "member-not-yours";

    /// <summary>The kinds of signal by their names in paths.</summary>
    public static readonly IReadOnlyDictionary<string, SignalKind> Kinds =
        Enum.GetValues<SignalKind>().ToDictionary(k => char.ToLowerInvariant(k.ToString()[0]) + k.ToString()[1..], StringComparer.Ordinal);

    public static readonly Refusal UnknownKind = new("signal/unknown-kind", RefusalKind.NotFound,
        $"The kinds of signals are {string.Join(", ", Kinds.Keys)}.", "Use one of them in the path.");

    public static readonly Refusal TooMany = new("signal/too-many", RefusalKind.Invalid,
        "A batch has at most 5,000 lines; nothing of it was taken.", "Send it in parts.");

    private static readonly Refusal Stopped = new("signal/journal-stopped", RefusalKind.Busy,
        "The journal cannot be written; nothing that was not acknowledged is kept for certain.", "Send the same batch again later: ids make repeats harmless.");

    private static readonly Refusal Paused = new("signal/journal-paused", RefusalKind.Busy,
        "The disk is full or failed, so nothing new is taken; what was acknowledged is kept and can be read.", "Send the same batch again: it goes on by itself, and ids make repeats harmless.");

    public static void Map(RouteGroupBuilder api) => api.MapPost("/signals/{kind}", SendAsync).WithName("signals.send").WithTags("Signals")
        .WithMetadata(new RepeatMark(RepeatRule.ByItem)).Accepts<string>(NdJson)
        .WithSummary("A batch of signals of one kind, one JSON object a line, at most 5,000. A key sends its own member's only. Ids make repeats harmless.");

    /// <summary>Why a signal is refused that passed the door and that the journal cannot hold.</summary>
    public static IntakeFault NotHeld(RecordFault fault) => new("", IntakeReason.Format, $"The journal cannot hold it: {fault}.");

    private static async Task<Results<Ok<BatchView>, Refused>> SendAsync(
        HttpContext context, Caller caller, string kind, JournaledEngine engine, Door door, CancellationToken cancel)
    {
        if (!Kinds.TryGetValue(kind, out var known)) return new Refused(UnknownKind);
        var batch = new Batch(new SignalJsonReader(door), known, caller.Actor.Member);
        if (!await batch.ReadAsync(context.Request.BodyReader, cancel)) return new Refused(TooMany);
        try
        {
            var receipt = await engine.SubmitAsync([.. batch.Signals.Select(s => new SignalAccepted(s.Signal))], cancel);
            return TypedResults.Ok(batch.Answer(receipt));
        }
        catch (JournalPausedException)
        {
            return new Refused(Paused);
        }
        catch (JournalFailedException)
        {
            return new Refused(Stopped);
        }
    }

    private sealed class Batch(SignalJsonReader reader, SignalKind kind, MemberCode? own) : NdJsonBody
    {
        private readonly List<LineFault> faults = [];

        public List<(int Line, Signal Signal)> Signals { get; } = [];

        protected override void Take(int number, ReadOnlySpan<byte> text)
        {
            var reading = reader.Read(text, kind);
            if (reading.Value is not { } signal) faults.AddRange(reading.Faults.Select(f => LineFault.Of(number, f)));
            else if (own is { } member && signal.Member != member) faults.Add(new LineFault(number, "member", NotYours, $"The key belongs to {member}; it sends that member's signals only."));
            else Signals.Add((number, signal));
        }

        protected override void Refuse(int number, IntakeFault fault) => faults.Add(new LineFault(number, fault.Field, fault.Reason, fault.Message));

        public BatchView Answer(SubmitReceipt receipt)
        {
            List<LineVerdict> verdicts = [];
            foreach (var ((at, signal), outcome) in Signals.Zip(receipt.Outcomes))
            {
                if (outcome.Fault != RecordFault.None) faults.Add(LineFault.Of(at, NotHeld(outcome.Fault)));
                else if (outcome.Admission == Admission.Conflict) faults.Add(new LineFault(at, "id", IntakeReason.Conflict, "A signal with this id and other values came before; that one stands."));
                else if (outcome.Verdict is { Action: not VerdictAction.Allow } verdict) verdicts.Add(new LineVerdict(at, signal.Id.Text, verdict.Action, [.. verdict.Reasons.Select(r => r.ReasonCode)]));
            }
            return new BatchView(Filled, receipt.Accepted, receipt.Repeats, receipt.Sequence, [.. faults.OrderBy(f => f.Line)], verdicts);
        }
    }
}
