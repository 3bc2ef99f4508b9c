using System.Diagnostics;
using System.Text.Json;
using Cordon.Casework;
using Cordon.Casework.Answers;
using Cordon.Gateways.Intake;
using Microsoft.AspNetCore.WebUtilities;

namespace Cordon.Screening;

/// <summary>A problem document that says of a signal which fields were not taken, and why.</summary>
/// <param name="Type">A URI made of the code.</param>
/// <param name="Title">The phrase of the HTTP status.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">The first fault, with identity numbers masked.</param>
/// <param name="Code">Stable: <c>signal/</c> and the first fault's reason.</param>
/// <param name="NextStep">What the caller can do now.</param>
/// <param name="Retryable">Whether the same request may succeed later without any change to it.</param>
/// <param name="TraceId">The id under which the server's log tells of this request.</param>
/// <param name="Field">The first fault's field; empty for the signal as a whole.</param>
/// <param name="Reason">The first fault's reason code.</param>
/// <param name="Faults">All of them.</param>
internal sealed record SignalProblem(
    string Type, string Title, int Status, string Detail, string Code, string NextStep, bool Retryable, string TraceId,
    string Field, string Reason, IReadOnlyList<IntakeFault> Faults)
{
    private const string NextStepText = "Mend the field, or see docs/reference/signals.md for the form of this kind.";

    /// <summary>Answers with the faults of a signal.</summary>
    public static async Task WriteAsync(HttpContext context, int status, IReadOnlyList<IntakeFault> faults)
    {
        var (first, code) = (faults[0], "signal/" + faults[0].Reason);
        var problem = new SignalProblem(
            "urn:cordon:problem:" + code, ReasonPhrases.GetReasonPhrase(status), status, first.Message, code, NextStepText, false,
            Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier, first.Field, first.Reason, faults);
        context.Response.StatusCode = status;
        context.Response.ContentType = Problem.MediaType;
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(problem, CaseworkJson.Options));
    }
}
