using Cordon.Engine.Screening;
using Cordon.Engine.Signals;

namespace Cordon.Engine.Rules;

/// <summary>
/// A call that shows a domestic number but came over an international trunk, and no home operator proved that the subscriber roams.
/// Source: Anti-Telecom and Online Fraud Law of the PRC, art. 13 (P). The roaming exception is the one of Ofcom (S) and CIOR (S).
/// </summary>
internal sealed class SpoofedOriginRule : IScreeningRule
{
    public string Id => "call.spoofed-origin";

    public int Version => 1;

    public SignalKind Kind => SignalKind.Call;

    public VerdictAction Action => VerdictAction.Block;

    public string ReasonCode => "call.spoofed-origin";

    public string Duty => "cn.atf.13.true-caller-id";

    public Reason? Judge(Signal signal, EngineKnowledge known) =>
        signal is Call { Origin: CallOrigin.InternationalTrunk, RoamingProven: false } call && IsDomestic(call.Caller)
            ? this.Speak(("caller", call.Caller.ToString()), ("trunk", call.Trunk?.ToString() ?? ""))
            : null;

    /// <summary>China's country code is 86, and no other country code begins with those digits (ITU-T E.164).</summary>
    private static bool IsDomestic(PhoneNumber number)
    {
        var digits = number.Digits;
        while (digits >= 100) digits /= 10;
        return digits == 86;
    }
}
