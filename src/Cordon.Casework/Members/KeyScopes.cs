namespace Cordon.Casework.Members;

/// <summary>What an API key may do. A key acts for its own member only, whatever its scopes.</summary>
public static class KeyScopes
{
    /// <summary>Tell signals.</summary>
    public const string SignalsWrite = "signals:write";

    /// <summary>Read the member's orders.</summary>
    public const string OrdersRead = "orders:read";

    /// <summary>Acknowledge and answer the member's orders.</summary>
    public const string OrdersWrite = "orders:write";

    /// <summary>Hand in reports of victims.</summary>
    public const string ReportsWrite = "reports:write";

    /// <summary>Read the member's findings.</summary>
    public const string FindingsRead = "findings:read";

    /// <summary>Read the verdicts on the member's signals.</summary>
    public const string VerdictsRead = "verdicts:read";

    /// <summary>Read checkpoints and proofs of the audit log.</summary>
    public const string AuditRead = "audit:read";

    /// <summary>Read the indicators that are shared with the member, and confirm that they were taken over.</summary>
    public const string IndicatorsRead = "indicators:read";

    /// <summary>Propose indicators, and tell of sightings and false hits.</summary>
    public const string IndicatorsWrite = "indicators:write";

    /// <summary>Read the leads that the member sent, has or had.</summary>
    public const string LeadsRead = "leads:read";

    /// <summary>Send leads, and as an authority acknowledge, pass on and feed back.</summary>
    public const string LeadsWrite = "leads:write";

    /// <summary>Tell where the member takes webhooks.</summary>
    public const string WebhooksWrite = "webhooks:write";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [SignalsWrite, OrdersRead, OrdersWrite, ReportsWrite, FindingsRead, VerdictsRead, AuditRead, IndicatorsRead, IndicatorsWrite, LeadsRead, LeadsWrite, WebhooksWrite];
}
