using Cordon.Engine.Signals;
using Cordon.Simulator.People;

namespace Cordon.Simulator.Fraud;

/// <summary>An account in a gang's hands, while the province is being made.</summary>
internal sealed record MuleDraft(AccountDraft Account, TruthMuleOrigin Origin, int Layer);

/// <summary>A gang while the province is being made.</summary>
internal sealed class GangDraft
{
    public required int Index { get; init; }
    public required FraudScript Script { get; init; }
    public required TruthLineRole[] Means { get; init; }
    public Dictionary<TruthLineRole, List<LineDraft>> Lines { get; } = [];
    public List<TruthLine> SpoofedNumbers { get; } = [];
    public List<List<AccountDraft>> Layers { get; } = [];
    public List<MuleDraft> Mules { get; } = [];
    public List<AccountDraft> Wallets { get; } = [];
    public List<AccountDraft> Unconnected { get; } = [];
    public required FirmDraft[] Shops { get; init; }
    public required Domain Domain { get; init; }
}

/// <summary>A movement of stolen money, while the province is being made.</summary>
internal sealed record MoveDraft(Intent Intent, TruthMoveKind Kind, int Layer, int Wave)
{
    public Transfer Transfer => (Transfer)Intent.Signal;
}

/// <summary>A fraud on one victim, while the province is being made.</summary>
internal sealed class CrimeDraft
{
    public required int Index { get; init; }
    public required GangDraft Gang { get; init; }
    public required PersonDraft Victim { get; init; }
    public required TruthLineRole Means { get; init; }

    /// <summary>The line called from; null for a spoofed number.</summary>
    public required LineDraft? Line { get; init; }
    public required PhoneNumber Shown { get; init; }
    public List<Intent> Calls { get; } = [];
    public List<MoveDraft> Moves { get; } = [];
    public List<ProvinceReport> Reports { get; } = [];
}
