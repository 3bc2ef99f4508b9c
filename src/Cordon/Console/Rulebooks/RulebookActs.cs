using Cordon.Casework;
using Cordon.Casework.Members;
using Cordon.Casework.Rulebooks;

namespace Cordon.WebConsole.Rulebooks;

/// <summary>What a person can do with a rulebook, besides writing it.</summary>
internal enum RulebookAct
{
    StartShadow,
    StopShadow,
    Approve,
    SendBack,
    PutToWork,
    BringBack,
    Confirm,
    Withdraw,
}

/// <summary>Which acts to offer. The desk's guards decide; this only spares people buttons that could never work.</summary>
internal static class RulebookActs
{
    public static bool Decides(Actor actor) => actor.Is(Roles.Supervisor) || actor.Is(Roles.RuleAuthor);

    public static IEnumerable<RulebookAct> Offered(RulebookDraft draft, RulebookDraft? previous, Actor actor)
    {
        var author = actor.Is(Roles.RuleAuthor);
        var second = Decides(actor) && !draft.Authors.Contains(actor.Id);
        if (author && (draft.State == RulebookState.Backtested || (draft.State == RulebookState.Shadow && !draft.ShadowRuns))) yield return RulebookAct.StartShadow;
        if (author && draft.ShadowRuns) yield return RulebookAct.StopShadow;
        if (second && draft.State == RulebookState.Shadow) yield return RulebookAct.Approve;
        if (second && draft.State is (RulebookState.Checked or RulebookState.Backtested or RulebookState.Shadow)) yield return RulebookAct.SendBack;
        if (Decides(actor) && draft.State == RulebookState.Approved) yield return RulebookAct.PutToWork;
        if (Decides(actor) && draft.OwesConfirmation && draft.ActivatedBy != actor.Id) yield return RulebookAct.Confirm;
        if (Decides(actor) && draft.State == RulebookState.Active && previous is not null) yield return RulebookAct.BringBack;
        if (author && draft.State is not (RulebookState.Active or RulebookState.Superseded or RulebookState.Withdrawn)) yield return RulebookAct.Withdraw;
    }

    public static string Label(RulebookAct act) => act switch
    {
        RulebookAct.StartShadow => "Start the shadow",
        RulebookAct.StopShadow => "Stop the shadow",
        RulebookAct.SendBack => "Send back",
        RulebookAct.PutToWork => "Put to work",
        RulebookAct.BringBack => "Bring the one before back",
        _ => act.ToString(),
    };

    /// <summary>Whether the act needs something written first.</summary>
    public static bool Asks(RulebookAct act) => act is not (RulebookAct.StartShadow or RulebookAct.StopShadow or RulebookAct.Confirm);

    /// <summary>Whether it is what is likely wanted next.</summary>
    public static bool IsMain(RulebookAct act) => act is RulebookAct.StartShadow or RulebookAct.Approve or RulebookAct.PutToWork or RulebookAct.Confirm;
}
