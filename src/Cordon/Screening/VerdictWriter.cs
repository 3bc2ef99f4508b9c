using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Cordon.Casework;
using Cordon.Casework.Registers;
using Cordon.Engine.Rules;
using Cordon.Engine.Screening;
using Cordon.Gateways.Intake;

namespace Cordon.Screening;

/// <summary>How an answer is written: the language of its reasons, and for whom.</summary>
/// <param name="Chinese">Chinese where the rulebook has it.</param>
/// <param name="Audience">Who reads it.</param>
/// <param name="Explain">Whether each rule is explained.</param>
internal readonly record struct AnswerForm(bool Chinese, Audience Audience, bool Explain);

/// <summary>Writes answers as JSON without reflection: docs/reference/screening.md.</summary>
internal sealed class VerdictWriter : IDisposable
{
    /// <summary>The reason code of an answer without a verdict.</summary>
    public const string NoAnswerCode = "screen.no-answer";

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
    private static readonly JsonEncodedText Id = JsonEncodedText.Encode("id");
    private static readonly JsonEncodedText Line = JsonEncodedText.Encode("line");
    private static readonly JsonEncodedText Action = JsonEncodedText.Encode("action");
    private static readonly JsonEncodedText HoldUntil = JsonEncodedText.Encode("holdUntil");
    private static readonly JsonEncodedText Reasons = JsonEncodedText.Encode("reasons");
    private static readonly JsonEncodedText Code = JsonEncodedText.Encode("code");
    private static readonly JsonEncodedText Text = JsonEncodedText.Encode("text");
    private static readonly JsonEncodedText RulebookName = JsonEncodedText.Encode("rulebook");
    private static readonly JsonEncodedText Sequence = JsonEncodedText.Encode("sequence");
    private static readonly JsonEncodedText Repeat = JsonEncodedText.Encode("repeat");
    private static readonly JsonEncodedText Degraded = JsonEncodedText.Encode("degraded");
    private static readonly JsonEncodedText Cause = JsonEncodedText.Encode("cause");
    private static readonly JsonEncodedText Retryable = JsonEncodedText.Encode("retryable");
    private static readonly JsonEncodedText Faults = JsonEncodedText.Encode("faults");
    private static readonly JsonEncodedText Field = JsonEncodedText.Encode("field");
    private static readonly JsonEncodedText ReasonName = JsonEncodedText.Encode("reason");
    private static readonly JsonEncodedText Message = JsonEncodedText.Encode("message");
    private static readonly JsonEncodedText[] Actions = [.. Enum.GetValues<VerdictAction>().Select(a => JsonEncodedText.Encode(JsonNamingPolicy.CamelCase.ConvertName(a.ToString())))];
    private static readonly JsonEncodedText[] Causes = [.. Enum.GetValues<NoAnswer>().Select(c => JsonEncodedText.Encode(JsonNamingPolicy.KebabCaseLower.ConvertName(c.ToString())))];

    // One a thread: writing never waits, so two answers never share it.
    private readonly ThreadLocal<(ArrayBufferWriter<byte> Bytes, Utf8JsonWriter Json)> mine = new(() =>
    {
        var bytes = new ArrayBufferWriter<byte>(1_024);
        return (bytes, new Utf8JsonWriter(bytes, Relaxed));
    });

    /// <summary>The answer as one object. The bytes are good until this thread writes the next.</summary>
    public ReadOnlySpan<byte> Write(in Answered answer, AnswerForm form)
    {
        var (bytes, json) = mine.Value;
        bytes.ResetWrittenCount();
        json.Reset(bytes);
        json.WriteStartObject();
        Write(json, answer, form);
        json.WriteEndObject();
        json.Flush();
        return bytes.WrittenSpan;
    }

    /// <summary>One line of a batch's answer.</summary>
    public void WriteLine(IBufferWriter<byte> to, int line, in Answered answer, AnswerForm form)
    {
        var json = Begin(to, line);
        Write(json, answer, form);
        End(to, json);
    }

    /// <summary>The line of a batch's answer for one that was not taken.</summary>
    public void WriteLine(IBufferWriter<byte> to, int line, IReadOnlyList<IntakeFault> faults)
    {
        var json = Begin(to, line);
        json.WriteStartArray(Faults);
        foreach (var fault in faults)
        {
            json.WriteStartObject();
            json.WriteString(Field, fault.Field);
            json.WriteString(ReasonName, fault.Reason);
            json.WriteString(Message, fault.Message);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        End(to, json);
    }

    public void Dispose() => mine.Dispose();

    private Utf8JsonWriter Begin(IBufferWriter<byte> to, int line)
    {
        var json = mine.Value.Json;
        json.Reset(to);
        json.WriteStartObject();
        json.WriteNumber(Line, line);
        return json;
    }

    private static void End(IBufferWriter<byte> to, Utf8JsonWriter json)
    {
        json.WriteEndObject();
        json.Flush();
        to.Write("\n"u8);
    }

    private static void Write(Utf8JsonWriter json, in Answered answer, AnswerForm form)
    {
        json.WriteString(Id, answer.Signal.Id.Text);
        json.WriteString(Action, Actions[(int)answer.Action]);
        if (answer.HoldUntil is { } until) json.WriteString(HoldUntil, until.ToString());
        if (answer.IsDegraded) WriteDegraded(json, answer, form);
        else WriteVerdict(json, answer, form);
    }

    private static void WriteDegraded(Utf8JsonWriter json, in Answered answer, AnswerForm form)
    {
        json.WriteStartArray(Reasons);
        json.WriteStartObject();
        json.WriteString(Code, NoAnswerCode);
        json.WriteString(Text, form.Chinese ? "未能在时限内作出判定，按该类信号的预定规则处置。" : "There was no verdict in time; this is what is declared for signals of this kind.");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteBoolean(Degraded, true);
        json.WriteString(Cause, Causes[(int)answer.Cause]);
        json.WriteBoolean(Retryable, true);
    }

    private static void WriteVerdict(Utf8JsonWriter json, in Answered answer, AnswerForm form)
    {
        var verdict = answer.Outcome.Verdict!;
        json.WriteStartArray(Reasons);
        if (verdict.Action != VerdictAction.Allow) WriteReasons(json, verdict, form);
        json.WriteEndArray();
        json.WriteString(RulebookName, verdict.Rulebook);
        json.WriteNumber(Sequence, answer.Outcome.Sequence);
        json.WriteBoolean(Repeat, answer.Outcome.Admission == Admission.Repeat);
        json.WriteBoolean(Degraded, false);
        if (!form.Explain) return;
        json.WritePropertyName("explanation");
        JsonSerializer.Serialize(json, ExplainedRule.Of(answer.Signal, verdict, form.Audience), CaseworkJson.Options);
    }

    private static void WriteReasons(Utf8JsonWriter json, Verdict verdict, AnswerForm form)
    {
        foreach (var (reason, text) in verdict.Reasons.Zip(Explanation.Sentences(verdict, form.Audience)))
        {
            json.WriteStartObject();
            json.WriteString(Code, reason.ReasonCode);
            json.WriteString(Action, Actions[(int)reason.Action]);
            json.WriteString(Text, Told(text, form.Chinese));
            json.WriteEndObject();
        }
    }

    private static string Told(LocalText text, bool chinese) => chinese ? text.ZhCn ?? text.En : text.En;
}
