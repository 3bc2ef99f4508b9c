using System.Collections.Immutable;
using System.Globalization;

namespace Cordon.Engine.Rules.Cel;

/// <summary>Finds what type parameters stand for while an expression is checked.</summary>
internal sealed class CelUnifier
{
    private ImmutableDictionary<string, CelType> bound = ImmutableDictionary<string, CelType>.Empty;
    private int last;

    public CelType Fresh() => CelType.Parameter(string.Create(CultureInfo.InvariantCulture, $"%{++last}"));

    /// <summary>An overload's types with its own parameters made new.</summary>
    public (ImmutableArray<CelType> Parameters, CelType Result) Instantiate(CelOverload overload)
    {
        var names = new Dictionary<string, CelType>();
        return ([.. overload.Parameters.Select(p => Rename(p, names))], Rename(overload.Result, names));
    }

    /// <summary>Whether values of <paramref name="value"/> can be where <paramref name="place"/> is asked for; parameters are bound only if so.</summary>
    public bool TryAssign(CelType value, CelType place)
    {
        var before = bound;
        if (Fits(value, place)) return true;
        bound = before;
        return false;
    }

    public bool TryAssign(IReadOnlyList<CelType> values, ImmutableArray<CelType> places)
    {
        var before = bound;
        for (var i = 0; i < places.Length; i++)
        {
            if (Fits(values[i], places[i])) continue;
            bound = before;
            return false;
        }
        return true;
    }

    /// <summary>One type for both, which is dyn where they have nothing in common.</summary>
    public CelType Join(CelType? a, CelType b)
    {
        if (a is null) return b;
        if (!TryAssign(a, b)) return CelType.Dyn;
        if (a.Kind == CelKind.Null) return b;
        return b.Kind == CelKind.Null ? a : MoreGeneral(a, b);
    }

    /// <summary>A type with what its parameters stand for; unbound ones become dyn where <paramref name="settle"/> asks.</summary>
    public CelType Resolve(CelType type, bool settle)
    {
        if (type.Kind == CelKind.Parameter)
            return bound.TryGetValue(type.Name, out var meant) ? Resolve(meant, settle) : settle ? CelType.Dyn : type;
        return type.Parameters.IsEmpty ? type : type.With([.. type.Parameters.Select(p => Resolve(p, settle))]);
    }

    private CelType Rename(CelType type, Dictionary<string, CelType> names)
    {
        if (type.Kind != CelKind.Parameter) return type.Parameters.IsEmpty ? type : type.With([.. type.Parameters.Select(p => Rename(p, names))]);
        if (!names.TryGetValue(type.Name, out var fresh)) names.Add(type.Name, fresh = Fresh());
        return fresh;
    }

    private bool Fits(CelType a, CelType b)
    {
        if (b.Kind == CelKind.Parameter && Bind(b, a) is { } forB) return forB;
        if (a.Kind == CelKind.Parameter) return Bind(a, b) ?? false;
        if (a.Kind == CelKind.Dyn || b.Kind == CelKind.Dyn) return true;
        if (a.Kind == CelKind.Null || b.Kind == CelKind.Null) return IsNullable(a) && IsNullable(b);
        if (a.Kind == CelKind.Wrapper && b.Kind != CelKind.Wrapper) return Fits(a.Parameters[0], b);
        if (b.Kind == CelKind.Wrapper && a.Kind != CelKind.Wrapper) return Fits(a, b.Parameters[0]);
        if (a.Kind != b.Kind || a.Name != b.Name || a.Parameters.Length != b.Parameters.Length) return false;
        if (a.Kind == CelKind.Type) return true;
        for (var i = 0; i < a.Parameters.Length; i++)
            if (!Fits(a.Parameters[i], b.Parameters[i])) return false;
        return true;
    }

    private static bool IsNullable(CelType type) =>
        type.Kind is CelKind.Null or CelKind.Wrapper or CelKind.Timestamp or CelKind.Duration or CelKind.Optional or CelKind.Opaque;

    // Null where the parameter is unbound and cannot be bound, because it would stand for itself.
    private bool? Bind(CelType parameter, CelType type)
    {
        if (type.Equals(parameter)) return true;
        if (bound.TryGetValue(parameter.Name, out var meant))
        {
            if (type.Equals(meant)) return true;
            if (!Fits(type, meant)) return false;
            var general = meant.Kind == CelKind.Null ? type : type.Kind == CelKind.Null ? meant : MoreGeneral(type, meant);
            if (!Mentions(general, parameter)) bound = bound.SetItem(parameter.Name, general);
            return true;
        }
        if (Mentions(type, parameter)) return null;
        bound = bound.SetItem(parameter.Name, type);
        return true;
    }

    private bool Mentions(CelType type, CelType parameter)
    {
        if (type.Kind == CelKind.Parameter)
            return type.Name == parameter.Name || (bound.TryGetValue(type.Name, out var meant) && Mentions(meant, parameter));
        return type.Parameters.Any(p => Mentions(p, parameter));
    }

    private static CelType MoreGeneral(CelType a, CelType b) => IsAsGeneral(a, b) ? a : b;

    private static bool IsAsGeneral(CelType a, CelType b)
    {
        if (a.Kind is CelKind.Dyn or CelKind.Parameter) return true;
        if (b.Kind is CelKind.Dyn or CelKind.Parameter) return false;
        if (a.Kind == CelKind.Wrapper && b.Kind != CelKind.Wrapper) return true;
        if (a.Kind != b.Kind || a.Name != b.Name || a.Parameters.Length != b.Parameters.Length) return false;
        if (a.Kind == CelKind.Type) return true;
        for (var i = 0; i < a.Parameters.Length; i++)
            if (!IsAsGeneral(a.Parameters[i], b.Parameters[i])) return false;
        return true;
    }
}
