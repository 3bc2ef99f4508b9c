namespace Cordon.Casework.Members;

/// <summary>What kind of institution a member is; duties are owed by sector.</summary>
public enum Sector
{
    /// <summary>A telecom operator with a network of its own.</summary>
    TelecomOperator,

    /// <summary>A virtual operator (MVNO).</summary>
    VirtualOperator,

    /// <summary>A bank.</summary>
    Bank,

    /// <summary>A payment institution that is not a bank.</summary>
    PaymentInstitution,

    /// <summary>An internet platform or service.</summary>
    InternetPlatform,

    /// <summary>Police.</summary>
    Police,

    /// <summary>A regulator.</summary>
    Regulator,

    /// <summary>The government of a region.</summary>
    Government,

    /// <summary>The joint office itself.</summary>
    JointOffice,
}
