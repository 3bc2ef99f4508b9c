using Cordon.Engine.Screening;
using Cordon.Engine.Signals;

namespace Cordon.Engine.Rules;

/// <summary>
/// A card for things that calls anything but another card for things.
/// Source: Anti-Telecom and Online Fraud Law of the PRC, art. 12 (P): an IoT card is locked to its function and scene.
/// </summary>
internal sealed class IotVoiceRule : IScreeningRule
{
    public string Id => "call.iot-voice";

    public int Version => 1;

    public SignalKind Kind => SignalKind.Call;

    public VerdictAction Action => VerdictAction.Block;

    public string ReasonCode => "call.iot-voice";

    public string Duty => "cn.atf.12.iot-scope";

    public Reason? Judge(Signal signal, EngineKnowledge known) =>
        signal is Call call
        && known.Lines.Find(call.Caller)?.LineKind == LineKind.Iot
        && known.Lines.Find(call.Callee)?.LineKind != LineKind.Iot
        && !known.Lists.Has(ListName.NeverBlockNumbers, call.Caller)
            ? this.Speak(("caller", call.Caller.ToString()), ("callee", call.Callee.ToString()))
            : null;
}
