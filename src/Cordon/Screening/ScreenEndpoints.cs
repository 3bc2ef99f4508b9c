using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using Cordon.Api;
using Cordon.Casework;
using Cordon.Casework.Answers;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;
using Cordon.Gateways.Intake;
using Microsoft.AspNetCore.Mvc;

namespace Cordon.Screening;

/// <summary>
/// The doors of screening: one signal, or a batch. One signal is the path that everything hangs on, so it is written by hand:
/// no binding, no reflection, no cancellation source.
/// </summary>
internal sealed class ScreenEndpoints(ScreeningDesk desk, VerdictWriter writer, Door door) : IDisposable
{
    /// <summary>The header with the deadline, in milliseconds.</summary>
    public const string DeadlineHeader = "Cordon-Deadline-Ms";

    private const int Remembered = 4_096;
    private const int LinesTogether = 200;
    private const string Json = "application/json";

    private static readonly Refusal BadDeadline = new("screen/bad-deadline", RefusalKind.Invalid,
        $"{DeadlineHeader} is a whole number of milliseconds from 1 to 10000.", "Send such a number, or leave the header out for 1000.");

    private static readonly Refusal BadExplain = new("screen/bad-explain", RefusalKind.Invalid,
        "explain is true or false.", "Send explain=true for explanations, or leave it out.");

    private static readonly Refusal NotScreened = new("screen/not-screened", RefusalKind.Invalid,
        "A correction of a transfer is not screened: there is nothing to decide.", "Send it to /api/v1/signals/transferCorrection.");

    // Reading one signal never waits, so a thread needs one reader.
    private readonly ThreadLocal<SignalJsonReader> readers = new(() => new SignalJsonReader(door, Remembered));

    public static void Map(RouteGroupBuilder api, ScreenEndpoints endpoints)
    {
        // The endpoint reads the request by hand; its parameters are named here for the API's document.
        Delegate one = (HttpContext context, string kind, [FromHeader(Name = DeadlineHeader)] string? deadline, string? explain) => endpoints.OneAsync(context, MemberOf(context));
        Delegate batch = (HttpContext context, [FromHeader(Name = DeadlineHeader)] string? deadline, string? explain) => endpoints.BatchAsync(context, MemberOf(context));
        api.MapPost("/screen/{kind}", one).WithName("screen.one").WithTags("Screening")
            .WithMetadata(new RepeatMark(RepeatRule.ByItem), ScreenLane.Mark).Accepts<object>(Json)
            .Produces<ScreenAnswer>().Produces<SignalProblem>(StatusCodes.Status400BadRequest, Problem.MediaType)
            .Produces<Problem>(StatusCodes.Status401Unauthorized, Problem.MediaType).Produces<SignalProblem>(StatusCodes.Status403Forbidden, Problem.MediaType)
            .Produces<Problem>(StatusCodes.Status404NotFound, Problem.MediaType).Produces<SignalProblem>(StatusCodes.Status409Conflict, Problem.MediaType)
            .WithSummary("Judges one signal: the verdict, after the journal has the signal on the disk. Headers: Cordon-Deadline-Ms, Accept-Language; explain=true explains.");
        api.MapPost("/screen", batch).WithName("screen.batch").WithTags("Screening")
            .WithMetadata(new RepeatMark(RepeatRule.ByItem)).Accepts<string>(SignalEndpoints.NdJson)
            .Produces<ScreenLineAnswer>(StatusCodes.Status200OK, SignalEndpoints.NdJson).Produces<Problem>(StatusCodes.Status400BadRequest, Problem.MediaType)
            .Produces<Problem>(StatusCodes.Status401Unauthorized, Problem.MediaType).Produces<Problem>(StatusCodes.Status403Forbidden, Problem.MediaType)
            .WithSummary("Judges a batch of signals of mixed kinds, one JSON object a line, at most 5,000; answers one line for each.");
        api.MapGet("/screen/health", (ScreeningDesk screening) => TypedResults.Ok(screening.Health)).WithName("screen.health").WithTags("Screening")
            .WithSummary("What waits, what was shed or answered without a verdict, and whether the journal takes work.");
    }

    /// <summary>Answers one signal.</summary>
    /// <param name="context">The request.</param>
    /// <param name="own">The member whose signals the caller may tell; null for all.</param>
    public async Task OneAsync(HttpContext context, MemberCode? own)
    {
        if (!SignalEndpoints.Kinds.TryGetValue((string)context.Request.RouteValues["kind"]!, out var kind))
        {
            await Problem.WriteAsync(context, SignalEndpoints.UnknownKind);
            return;
        }
        if (!Kinds.AreScreened(kind))
        {
            await Problem.WriteAsync(context, NotScreened);
            return;
        }
        if (Asked(context, own, out var deadline, out var form) is { } refusal)
        {
            await Problem.WriteAsync(context, refusal);
            return;
        }
        var reading = await ReadAsync(context.Request.BodyReader, kind);
        if (reading.Value is not { } signal)
        {
            await SignalProblem.WriteAsync(context, StatusCodes.Status400BadRequest, reading.Faults);
            return;
        }
        if (own is { } member && signal.Member != member)
        {
            await SignalProblem.WriteAsync(context, StatusCodes.Status403Forbidden, [NotYours(member)]);
            return;
        }
        var answer = await desk.ScreenAsync(signal, deadline);
        if (FaultOf(answer) is { } fault) await SignalProblem.WriteAsync(context, StatusOf(answer), [fault]);
        else Write(context.Response, writer.Write(answer, form));
    }

    /// <summary>Answers a batch.</summary>
    public async Task BatchAsync(HttpContext context, MemberCode? own)
    {
        if (Asked(context, own, out var deadline, out var form) is { } refusal)
        {
            await Problem.WriteAsync(context, refusal);
            return;
        }
        var batch = new ScreenBatch(new SignalJsonReader(door, Remembered), own);
        if (!await batch.ReadAsync(context.Request.BodyReader, CancellationToken.None))
        {
            await Problem.WriteAsync(context, SignalEndpoints.TooMany);
            return;
        }
        var answers = await desk.ScreenAsync(batch.Signals, deadline);
        var response = context.Response;
        response.ContentType = SignalEndpoints.NdJson;
        response.Headers.CacheControl = "no-store";
        for (var i = 0; i < batch.Lines.Count; i++)
        {
            var (line, place, faults) = batch.Lines[i];
            if (faults is not null) writer.WriteLine(response.BodyWriter, line, faults);
            else if (FaultOf(answers[place]) is { } fault) writer.WriteLine(response.BodyWriter, line, [fault]);
            else writer.WriteLine(response.BodyWriter, line, answers[place], form);
            if (i % LinesTogether == LinesTogether - 1) await response.BodyWriter.FlushAsync(CancellationToken.None);
        }
    }

    public void Dispose() => readers.Dispose();

    private static MemberCode? MemberOf(HttpContext context) => Caller.From(context.User).Actor.Member;

    private static IntakeFault NotYours(MemberCode member) => new("member", SignalEndpoints.NotYours, $"The key belongs to {member}; it sends that member's signals only.");

    private static IntakeFault? FaultOf(in Answered answer)
    {
        if (answer.IsDegraded) return null;
        if (answer.Outcome.Fault != RecordFault.None) return new IntakeFault("", IntakeReason.Format, $"The journal cannot hold it: {answer.Outcome.Fault}.");
        return answer.Outcome.Admission == Admission.Conflict
            ? new IntakeFault("id", IntakeReason.Conflict, "A signal with this id and other values came before; that one stands.") : null;
    }

    private static int StatusOf(in Answered answer) => answer.Outcome.Fault != RecordFault.None ? StatusCodes.Status400BadRequest : StatusCodes.Status409Conflict;

    private static Refusal? Asked(HttpContext context, MemberCode? own, out TimeSpan deadline, out AnswerForm form)
    {
        var request = context.Request;
        (deadline, form) = (ScreeningOptions.UsualDeadline, new AnswerForm(ReaderLanguage.IsChinese(request.Headers.AcceptLanguage), own is null ? Audience.Centre : Audience.Member, false));
        if (request.Headers.TryGetValue(DeadlineHeader, out var text))
        {
            if (!int.TryParse(text.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var millis)) return BadDeadline;
            deadline = TimeSpan.FromMilliseconds(millis);
            if (deadline < ScreeningOptions.ShortestDeadline || deadline > ScreeningOptions.LongestDeadline) return BadDeadline;
        }
        if (!request.QueryString.HasValue) return null;
        var explain = request.Query["explain"].ToString();
        if (explain is not ("" or "true" or "false")) return BadExplain;
        form = form with { Explain = explain == "true" };
        return null;
    }

    private async ValueTask<Reading<Signal>> ReadAsync(PipeReader body, SignalKind kind)
    {
        while (true)
        {
            var read = await body.ReadAsync(CancellationToken.None);
            var tooLong = read.Buffer.Length > Door.MaxLineBytes;
            if (!read.IsCompleted && !tooLong)
            {
                body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                continue;
            }
            var reading = tooLong
                ? new Reading<Signal>(null, [new IntakeFault("", IntakeReason.LineTooLong, $"A signal has at most {Door.MaxLineBytes} bytes.")])
                : Read(read.Buffer, kind);
            body.AdvanceTo(read.Buffer.End);
            return reading;
        }
    }

    private Reading<Signal> Read(in ReadOnlySequence<byte> text, SignalKind kind)
    {
        if (text.IsSingleSegment) return readers.Value!.Read(text.FirstSpan, kind);
        Span<byte> whole = stackalloc byte[Door.MaxLineBytes];
        text.CopyTo(whole);
        return readers.Value!.Read(whole[..(int)text.Length], kind);
    }

    private static void Write(HttpResponse response, ReadOnlySpan<byte> body)
    {
        response.ContentType = Json;
        response.ContentLength = body.Length;
        response.Headers.CacheControl = "no-store";
        body.CopyTo(response.BodyWriter.GetSpan(body.Length));
        response.BodyWriter.Advance(body.Length);
    }

    /// <summary>The lines of a batch: each with the place of its signal, or with its faults.</summary>
    private sealed class ScreenBatch(SignalJsonReader reader, MemberCode? own) : NdJsonBody
    {
        public List<(int Line, int Place, IReadOnlyList<IntakeFault>? Faults)> Lines { get; } = [];

        public List<Signal> Signals { get; } = [];

        protected override void Take(int number, ReadOnlySpan<byte> text)
        {
            var reading = reader.Read(text, null);
            if (reading.Value is not { } signal) Lines.Add((number, 0, reading.Faults));
            else if (!Kinds.AreScreened(signal.Kind)) Lines.Add((number, 0, [new IntakeFault("kind", IntakeReason.Kind, NotScreened.Message)]));
            else if (own is { } member && signal.Member != member) Lines.Add((number, 0, [NotYours(member)]));
            else
            {
                Lines.Add((number, Signals.Count, null));
                Signals.Add(signal);
            }
        }

        protected override void Refuse(int number, IntakeFault fault) => Lines.Add((number, 0, [fault]));
    }
}
