using System.Globalization;
using Cordon.Casework.Cases;
using Cordon.Casework.Duties;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Findings;

/// <summary>What is measured at lines.</summary>
internal static class LineControls
{
    public static Judgement IdentityVerified(LineLink line, ChainView view) => new(
        IdentityControls.StandingOf(line.Identity),
        [
            new Reason("line", line.Line.ToString()),
            new Reason("identity", Words.Of(line.Identity)),
            new Reason("agent", line.Agent ?? "none"),
            new Reason("openedAt", line.At.ToString()),
        ],
        view.Chain.Loss);

    public static Judgement LinesPerPerson(Duty duty, LineLink line, ChainView view)
    {
        var limit = duty.Threshold![ControlCatalogue.Lines];
        return new Judgement(
            line.LinesHeld is not { } held ? Standing.Unknown : held > limit ? Standing.Breached : Standing.Kept,
            [
                new Reason("line", line.Line.ToString()),
                new Reason("linesHeld", line.LinesHeld?.ToString(CultureInfo.InvariantCulture) ?? "unknown", limit.ToString(CultureInfo.InvariantCulture)),
                new Reason("agent", line.Agent ?? "none"),
                new Reason("openedAt", line.At.ToString()),
            ],
            view.Chain.Loss);
    }

    /// <summary>The duty is about cards for things; of any other line it says nothing.</summary>
    public static Judgement? IotCardsUsedForVoice(LineLink line, ChainView view)
    {
        if (line.LineKind is not (LineKind.Iot or LineKind.Unknown)) return null;
        var standing = line.CallsMade == 0 ? Standing.Kept : line.LineKind == LineKind.Iot ? Standing.Breached : Standing.Unknown;
        return new Judgement(
            standing,
            [
                new Reason("line", line.Line.ToString()),
                new Reason("lineKind", Words.Of(line.LineKind)),
                new Reason("callsMade", line.CallsMade.ToString(CultureInfo.InvariantCulture), "0"),
                new Reason("agent", line.Agent ?? "none"),
            ],
            view.Chain.Loss);
    }
}

/// <summary>How a check of a holder counts.</summary>
internal static class IdentityControls
{
    public static Standing StandingOf(IdentityCheck identity) => identity switch
    {
        IdentityCheck.Verified => Standing.Kept,
        IdentityCheck.NotVerified => Standing.Breached,
        _ => Standing.Unknown,
    };
}
